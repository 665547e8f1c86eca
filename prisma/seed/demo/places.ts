import { ORGANISATIONS, type OrganisationSeed } from "@/prisma/seed/data/organisations";
import type { Random } from "./random";

/** Thousands of residents, rounded: only to give invented figures a believable size. */
const PEOPLE: Readonly<Record<string, number>> = {
  "630102": 450, "630103": 340, "630104": 320, "630105": 400, "630106": 395, "630121": 403,
  "630123": 109, "630202": 225, "630203": 110, "630222": 327, "630223": 278, "630224": 216,
  "630225": 132, "632221": 130, "632222": 46, "632223": 34, "632224": 41, "632301": 101,
  "632322": 55, "632323": 74, "632324": 42, "632521": 132, "632522": 59, "632523": 101,
  "632524": 75, "632525": 75, "632621": 60, "632622": 31, "632623": 40, "632624": 39,
  "632625": 29, "632626": 15, "632701": 142, "632722": 68, "632723": 60, "632724": 36,
  "632725": 112, "632726": 36, "632801": 222, "632802": 88, "632803": 20, "632821": 32,
  "632822": 66, "632823": 20, "632857": 13,
}; // prettier-ignore

/** 对口援青: who helps whom. */
const HELPERS: Readonly<Record<string, string>> = {
  "6323": "天津市总工会",
  "6326": "上海市总工会",
  "6327": "北京市总工会",
};

export type Place = {
  readonly code: string;
  readonly kind: OrganisationSeed["kind"];
  readonly people: number;
  /** Households of workers in need that it has on file 在档. */
  readonly households: number;
  /** 全县, 全区 …: what its notes call the whole of it. */
  readonly all: string;
  readonly town: string;
  readonly union: string;
  readonly treasury: string;
  readonly helper: string | null;
  readonly breakfast: { unitFen: bigint; note: string; eaters: number; halves: boolean } | null;
};

const LEVELS: Readonly<
  Record<string, { people: number; union: string; treasury: string; all: string; town: string }>
> = {
  PROVINCE: { people: 600, union: "provincial-union", treasury: "provincial-treasury", all: "全省", town: "省会" }, // prettier-ignore
  PREFECTURE: { people: 160, union: "prefectural-union", treasury: "prefectural-treasury", all: "全市（州）", town: "城区" }, // prettier-ignore
  INDUSTRIAL_UNION: { people: 120, union: "industrial-union", treasury: "employer", all: "全行业", town: "驻地" }, // prettier-ignore
};

function countyWords(nameZh: string): { all: string; town: string } {
  if (nameZh.includes("区总")) return { all: "全区", town: "城区" };
  if (nameZh.includes("市总")) return { all: "全市", town: "市区" };
  return nameZh.includes("县") ? { all: "全县", town: "县城" } : { all: "全辖区", town: "镇区" };
}

function breakfastOf(random: Random, people: number): Place["breakfast"] {
  if (people < 40 && !random.chance(0.35)) return null;
  const eaters = Math.max(18, random.about(people * 2.6, 20));
  return random.pick([
    { unitFen: 700n, note: "供餐标准10元，商家让利3元不计入支出", eaters, halves: false },
    { unitFen: 600n, note: "每人每天6元", eaters, halves: true },
    { unitFen: 1000n, note: "供餐标准11元，职工自付1元不计入支出", eaters, halves: false },
  ]);
}

function placeOf(organisation: OrganisationSeed, root: Random): Place {
  const { code, kind, nameZh } = organisation;
  const random = root.fork(`place ${code}`);
  const county = kind === "COUNTY";
  const level = county
    ? { people: PEOPLE[code] ?? 50, union: "county-union", treasury: "county-treasury", ...countyWords(nameZh) } // prettier-ignore
    : (LEVELS[kind] ?? { people: 50, union: "county-union", treasury: "county-treasury", all: "全县", town: "县城" }); // prettier-ignore
  return {
    code,
    kind,
    ...level,
    households: random.about(4 + level.people * 0.21, 35),
    helper: county ? (HELPERS[code.slice(0, 4)] ?? null) : null,
    breakfast: county ? breakfastOf(random, level.people) : null,
  };
}

export function demoPlaces(root: Random): Place[] {
  return ORGANISATIONS.map((organisation) => placeOf(organisation, root));
}

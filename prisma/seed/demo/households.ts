import type pg from "pg";
import { addHouseholdEvent, createHousehold } from "@/lib/features/households/commands";
import { CAUSES, TIERS } from "@/lib/features/households/labels";
import type {
  CreateHouseholdInput,
  EventInput,
  Household,
  MemberInput,
} from "@/lib/features/households/types";
import { checkDigitOf } from "@/lib/kernel/id-number";
import { writeOn } from "@/lib/platform/db";
import type { DemoSessions } from "./accounts";

// Nobody: names that are counted through, numbers over a region that there never was, telephones of noughts.
export const PLACES = ["630104", "630123", "632222"] as const;
export const A_PLACE = 16;
const STEMS = [..."甲乙丙丁戊己庚辛壬癸"];
const BRANCHES = [..."子丑寅卯辰巳午未申酉戌亥"];

/** Sixty that differ, and then the same with one more sign. */
export const nameOf = (n: number): string =>
  `示例${STEMS[n % 10] ?? ""}${BRANCHES[n % 12] ?? ""}${n < 60 ? "" : (STEMS[Math.floor(n / 60) % 10] ?? "")}`;

function numberOf(n: number, year: number, isMale: boolean): string {
  const day = String(10 + (n % 18));
  const order = String(100 + 2 * (n % 400) + (isMale ? 1 : 0));
  const seventeen = `639901${year}06${day}${order}`;
  return seventeen + checkDigitOf(seventeen);
}

type Happening = Omit<EventInput, "version">;

/** The holder of a file, as rosters name them too. */
export const holderOf = (n: number) => ({
  name: nameOf(n),
  idNumber: numberOf(n, 1965 + (n % 25), n % 3 !== 0),
  phone: `0970000${String(n).padStart(4, "0")}`,
});

function membersOf(n: number): MemberInput[] {
  const holder: MemberInput = {
    relation: "self",
    ...holderOf(n),
    health: n % 4 === 0 ? "慢性病（演示）" : null,
    workplace: "示例单位",
  };
  const spouse: MemberInput = { relation: "spouse", name: `示例${nameOf(n + 5).slice(2)}`, idNumber: numberOf(n + 200, 1968 + (n % 20), n % 3 === 0) }; // prettier-ignore
  const child: MemberInput = { relation: "child", name: `示例${nameOf(n + 7).slice(2)}`, born: `${2008 + (n % 8)}-09-01`, sex: n % 2 === 0 ? "female" : "male", workplace: "示例学校" }; // prettier-ignore
  return [holder, ...(n % 3 === 1 ? [] : [spouse]), ...(n % 4 === 3 ? [] : [child])];
}

/** One year's look after another, and for a few what came of it. */
function lifeOf(n: number): Happening[] {
  const tier = TIERS[n % TIERS.length] ?? "deep";
  const consent: Happening = { kind: "consent", consent: "income-check", on: "2025-03-10", dueOn: "2027-03-10" }; // prettier-ignore
  const visit: Happening = { kind: "visit", on: "2026-04-15", visitors: "示例走访人", note: "生活稳定，继续关注（演示）", dueOn: "2026-12-15" }; // prettier-ignore
  const looked: Happening = { kind: "tier", on: "2026-03-05", year: 2026, tier };
  const lifted: Happening = { kind: "lifted", on: "2026-05-20", reason: "employed" };
  const returned: Happening = { kind: "returned", on: "2026-06-18", reason: "illness", tier: "deep" }; // prettier-ignore
  const closed: Happening = { kind: "closed", on: "2026-06-25", reason: "moved" };
  const begun = n % 3 === 2 ? [] : [consent];
  switch (n % A_PLACE) {
    case 3:
      return [...begun, looked, lifted];
    case 7:
      return [...begun, looked, lifted, returned];
    case 11:
      return [...begun, closed];
    case 1:
    case 5:
    case 13:
      return begun;
    default:
      return [...begun, looked, ...(n % 2 === 0 ? [visit] : [])];
  }
}

/** Household files for three counties, by the sessions of their clerks: plainly nobody's, and labelled as demo. */
export async function liveHouseholds(owner: pg.Client, sessions: DemoSessions): Promise<number> {
  await owner.query("SET LOCAL ROLE nuanzhang_app");
  let made = 0;
  for (const [at, organisation] of PLACES.entries()) {
    const session = sessions.of("CLERK", organisation);
    for (let n = at * A_PLACE; n < (at + 1) * A_PLACE; n += 1) {
      const cause = CAUSES[n % CAUSES.length] ?? "other";
      const input: CreateHouseholdInput = {
        ...{ organisation, filedOn: `2025-02-${String(10 + (n % 18))}`, cause },
        kind: n % 5 === 0 ? "migrant" : "urban",
        level: n % 6 === 0 ? "county" : "national",
        tier: TIERS[(n + 1) % TIERS.length] ?? "deep",
        address: "示例路一号（演示）",
        otherCauses: n % 4 === 0 && cause !== "schooling" ? ["schooling"] : [],
        members: membersOf(n),
      };
      const now = new Date(`${input.filedOn}T02:00:00Z`);
      let file: Household = await writeOn(owner, session, (c) =>
        createHousehold({ ...c, now, origin: "demo", input }),
      );
      for (const happening of lifeOf(n))
        file = await writeOn(owner, session, (c) =>
          addHouseholdEvent({
            ...{ ...c, now: new Date(`${happening.on}T02:00:00Z`), id: file.id },
            input: { ...happening, version: file.version },
          }),
        );
      made += 1;
    }
  }
  await owner.query("RESET ROLE");
  return made;
}

import "server-only";
import { queryBalance, queryFigures, readOrigins } from "@/lib/features/figures/queries";
import { positionOf } from "@/lib/features/positions/queries";
import {
  addSums,
  comparedPeriod,
  emptySums,
  monthsOf,
  sumsOfCell,
  yearsCompare,
  type FigureCell,
  type Sums,
} from "@/lib/features/figures/rules";
import { getReference } from "@/lib/features/reference/queries";
import {
  SEASONS,
  type Organisation,
  type Reference,
  type Season,
} from "@/lib/features/reference/types";
import type { Balance, ComparedPeriod } from "@/lib/features/figures/types";
import { AppError } from "@/lib/kernel/app-error";
import { civilDateInChina, type CivilDate } from "@/lib/kernel/fiscal-year";
import type { Stamp } from "@/lib/kernel/position";
import { reaches, type Scope } from "@/lib/kernel/scope";
import type { YearAxis } from "@/lib/kernel/year-axis";
import type { Reader } from "@/lib/platform/db";
import { layLines } from "./rules";
import type { SummaryFigures, YearSummary } from "./types";

type Asked = {
  db: Reader;
  scope: Scope;
  year: number;
  yearAxis?: YearAxis | undefined;
  org?: string | undefined;
  /** In China: of a year under way only the completed months are compared. Of a stamp it is that day. */
  today: CivilDate;
  stamp?: Stamp | undefined;
};

/** The organisation asked for, else the highest one the reader may see. */
function rootOf(reference: Reference, scope: Scope, org: string | undefined): Organisation {
  if (org !== undefined) {
    const asked = reference.organisations.find((place) => place.code === org);
    if (!asked)
      throw new AppError("VALIDATION", {
        fieldErrors: { org: [{ key: "unknownCode", values: { value: org } }] },
      });
    if (!reaches(scope, asked.path)) throw new AppError("NOT_FOUND");
    return asked;
  }
  const places = reference.organisations.filter((place) => reaches(scope, place.path));
  const [top] = places.sort((a, b) => a.path.length - b.path.length || (a.code < b.code ? -1 : 1));
  if (!top) throw new AppError("FORBIDDEN");
  return top;
}

function gather<K extends string>(cells: FigureCell[], key: (cell: FigureCell) => K | undefined) {
  const found = new Map<K, Sums>();
  for (const cell of cells) {
    const at = key(cell);
    if (at === undefined) continue;
    found.set(at, addSums(found.get(at) ?? emptySums(), sumsOfCell(cell)));
  }
  return found;
}

const isCalendar = (yearAxis: YearAxis | undefined) => yearAxis !== "statistics";
const NO_BALANCE: Pick<Balance, "rows" | "leftOut"> & { totals: { receivedFen: null } } = {
  rows: [],
  totals: { receivedFen: null },
  leftOut: { withoutReceipts: 0, unpriced: 0 },
};

/** Every figure of the table, by paying organisation; nothing here is counted anywhere else. */
async function readFigures(
  asked: Asked & { org: string; compare: ComparedPeriod | null },
  reference: Reference,
) {
  const { db, scope, year, yearAxis, org, compare, stamp } = asked;
  const throughMonth = compare ? monthsOf(compare) : undefined;
  const contributory = reference.programmes.filter((programme) => programme.contributory);
  const seasonOf = new Map(reference.programmes.map((p) => [p.code, p.season]));
  const of = (filter: object, groupBy: ("organisation" | "programme" | "aidCategory")[]) =>
    queryFigures({ db, scope, filter: { year, yearAxis, org, ...stamp, ...filter }, groupBy });
  const byProgramme = await of({}, ["organisation", "programme"]);
  const byCategory = await of({}, ["organisation", "aidCategory"]);
  const same = throughMonth ? await of({ throughMonth }, ["organisation"]) : null;
  const before = await of({ year: year - 1, throughMonth }, ["organisation"]);
  const corrected = await of({ corrects: "earlier" }, ["organisation"]);
  const mutual = contributory.length
    ? await of({ programme: contributory.map((p) => p.code) }, ["organisation"])
    : { rows: [] };
  // money received belongs to a civil year
  const balance = isCalendar(yearAxis)
    ? await queryBalance({ db, scope, filter: { year, org, ...stamp }, groupBy: "organisation" })
    : NO_BALANCE;
  const bySeason = gather(
    byProgramme.rows,
    (cell) => `${cell.organisation}/${seasonOf.get(cell.programme ?? "") ?? "other"}`,
  );
  const categories = gather(byCategory.rows, (cell) => `${cell.organisation}/${cell.aidCategory}`);
  const whole = gather(byProgramme.rows, (cell) => cell.organisation);
  const part = same && gather(same.rows, (cell) => cell.organisation);
  const lastYear = gather(before.rows, (cell) => cell.organisation);
  const earlier = gather(corrected.rows, (cell) => cell.organisation);
  const apart = gather(mutual.rows, (cell) => cell.organisation);
  const money = new Map(balance.rows.map((row) => [row.organisation, row]));
  const fenOf = (code: string, of: "receivedFen" | "balanceFen") => {
    const fen = money.get(code)?.[of] ?? null;
    return fen === null ? null : BigInt(fen);
  };
  const figuresOf = (code: string): SummaryFigures => ({
    receivedFen: fenOf(code, "receivedFen"),
    leftFen: fenOf(code, "balanceFen"),
    spent: whole.get(code) ?? emptySums(),
    seasons: Object.fromEntries(
      SEASONS.map((season) => [season, bySeason.get(`${code}/${season}`) ?? emptySums()]),
    ) as Record<Season, Sums>,
    categories: Object.fromEntries(
      reference.aidCategories.map((c) => [
        c.code,
        categories.get(`${code}/${c.code}`) ?? emptySums(),
      ]),
    ),
    mutual: apart.get(code) ?? emptySums(),
    same: part && (part.get(code) ?? emptySums()),
    before: lastYear.get(code) ?? emptySums(),
    earlier: earlier.get(code) ?? emptySums(),
  });
  const { leftOut, asOf, seq } = byProgramme;
  const { totals } = await of({}, []);
  const received = balance.totals.receivedFen;
  return {
    figuresOf,
    leftOut,
    withoutBalance: balance.leftOut,
    whole: {
      spentFen: BigInt(totals.amountFen),
      receivedFen: received === null ? null : BigInt(received),
    },
    asOf,
    seq,
  };
}

/** 年度汇总表 of a subtree: every county of it, whether it reported or not, in the order of the code. */
export async function getYearSummary(input: Asked): Promise<YearSummary> {
  const { db, scope, year, yearAxis } = input;
  const reference = await getReference({ db });
  const root = rootOf(reference, scope, input.org);
  const places = reference.organisations.filter(
    (place) => reaches(scope, place.path) && place.path.startsWith(root.path),
  );
  const at = await positionOf(db, input.stamp ?? {});
  const inside = { homes: [root], everything: false, at };
  const today = at ? civilDateInChina(new Date(at.at)) : input.today;
  const [origins, earlier] = await readOrigins(db, inside, [year, year - 1], yearAxis);
  const comparable =
    origins !== undefined && earlier !== undefined && yearsCompare(origins, earlier);
  const compare = comparable ? comparedPeriod(year, today, "same-period", yearAxis) : null;
  const asked = { ...input, org: root.code, compare, ...(at ? { stamp: { seq: at.seq } } : {}) };
  const { figuresOf, ...read } = await readFigures(asked, reference);
  const lines = layLines({ root, places, figuresOf, comparable: compare !== null });
  const relief = reference.programmes.filter((programme) => !programme.contributory);
  return {
    year,
    yearAxis,
    root: { id: root.id, code: root.code, nameZh: root.nameZh, nameEn: root.nameEn },
    programmes: relief.map(({ code, nameZh, nameEn, season }) => ({
      code,
      nameZh,
      nameEn,
      season,
    })),
    contributory: reference.programmes.filter((programme) => programme.contributory),
    categories: reference.aidCategories,
    lines,
    ...read,
    demo: origins?.demo ?? false,
    published: origins?.published ?? false,
    compare,
    comparable,
  };
}

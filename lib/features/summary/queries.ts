import "server-only";
import { queryBalance, queryFigures } from "@/lib/features/figures/queries";
import {
  addSums,
  emptySums,
  sumsOfCell,
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
import { AppError } from "@/lib/kernel/app-error";
import { reaches, type Home, type Scope } from "@/lib/kernel/scope";
import { sql, type Reader } from "@/lib/platform/db";
import { recordsWithin } from "@/lib/platform/scope-sql";
import { layLines } from "./rules";
import type { SummaryFigures, YearSummary } from "./types";

type Asked = { db: Reader; scope: Scope; year: number; org?: string | undefined };

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

/** Which kinds of records a year is made of: invented ones are named wherever they are printed. */
async function originsOf({ db, year, root }: Pick<Asked, "db" | "year"> & { root: Home }) {
  const inside = recordsWithin({ homes: [root], everything: false });
  const has = (of: number, origin: string) => sql`EXISTS (SELECT FROM disbursements d
    WHERE ${inside} AND d.fiscal_year = ${of}
      AND d.origin <> 'ENTERED' AND d.origin = ${origin})`;
  const [row] = await db.rows<{ demo: boolean; published: boolean; demoBefore: boolean }>(sql`
    SELECT ${has(year, "DEMO")} AS demo, ${has(year, "PUBLISHED")} AS published,
      ${has(year - 1, "DEMO")} AS "demoBefore"`);
  return row ?? { demo: false, published: false, demoBefore: false };
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

/** Every figure of the table, by paying organisation; nothing here is counted anywhere else. */
async function readFigures(asked: Asked & { org: string }, reference: Reference) {
  const { db, scope, year, org } = asked;
  const contributory = reference.programmes.filter((programme) => programme.contributory);
  const seasonOf = new Map(reference.programmes.map((p) => [p.code, p.season]));
  const of = (filter: object, groupBy: ("organisation" | "programme" | "aidCategory")[]) =>
    queryFigures({ db, scope, filter: { year, org, ...filter }, groupBy });
  const byProgramme = await of({}, ["organisation", "programme"]);
  const byCategory = await of({}, ["organisation", "aidCategory"]);
  const before = await of({ year: year - 1 }, ["organisation"]);
  const mutual = contributory.length
    ? await of({ programme: contributory.map((p) => p.code) }, ["organisation"])
    : { rows: [] };
  const balance = await queryBalance({ db, scope, filter: { year, org }, groupBy: "organisation" });
  const bySeason = gather(
    byProgramme.rows,
    (cell) => `${cell.organisation}/${seasonOf.get(cell.programme ?? "") ?? "other"}`,
  );
  const categories = gather(byCategory.rows, (cell) => `${cell.organisation}/${cell.aidCategory}`);
  const whole = gather(byProgramme.rows, (cell) => cell.organisation);
  const lastYear = gather(before.rows, (cell) => cell.organisation);
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
    before: lastYear.get(code) ?? emptySums(),
  });
  const { leftOut, asOf } = byProgramme;
  return { figuresOf, leftOut, withoutBalance: balance.leftOut, asOf };
}

/** 年度汇总表 of a subtree: every county of it, whether it reported or not, in the order of the code. */
export async function getYearSummary(input: Asked): Promise<YearSummary> {
  const { db, scope, year } = input;
  const reference = await getReference({ db });
  const root = rootOf(reference, scope, input.org);
  const places = reference.organisations.filter(
    (place) => reaches(scope, place.path) && place.path.startsWith(root.path),
  );
  const asked = { db, scope, year, org: root.code };
  const { figuresOf, leftOut, withoutBalance, asOf } = await readFigures(asked, reference);
  const origins = await originsOf({ ...asked, root });
  const comparable = origins.demo === origins.demoBefore;
  const lines = layLines({ root, places, figuresOf, comparable });
  const relief = reference.programmes.filter((programme) => !programme.contributory);
  return {
    year,
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
    leftOut,
    withoutBalance,
    demo: origins.demo,
    published: origins.published,
    comparable,
    asOf,
  };
}

import "server-only";
import {
  figuresOf,
  readBalance,
  readOrigins,
  type FigureSet,
} from "@/lib/features/figures/queries";
import {
  addSums,
  emptySums,
  originOf,
  sumsOfCell,
  type Answer,
  type FigureCell,
} from "@/lib/features/figures/rules";
import { countedOf, resolveStamped, type ResolvedFilter } from "@/lib/features/filter/queries";
import { topOf } from "@/lib/features/reference/present";
import { getReference } from "@/lib/features/reference/queries";
import type { Organisation, Programme } from "@/lib/features/reference/types";
import { AppError } from "@/lib/kernel/app-error";
import { civilDateInChina, yearOf } from "@/lib/kernel/fiscal-year";
import { reaches, type Scope } from "@/lib/kernel/scope";
import { sql, type Reader } from "@/lib/platform/db";
import { draft } from "./present";
import { isTold } from "./rules";
import type {
  Narrative,
  NarrativeAsked,
  NarrativeFigures,
  Part,
  PlacePart,
  ProgrammePart,
  Said,
  Wording,
} from "./types";

type Reading = { db: Reader; scope: Scope; query: NarrativeAsked };

/** A correction within the figure took its estimate out of it again; its words are told no more. */
const listWordings = (db: Reader, resolved: ResolvedFilter) =>
  db.rows<Wording>(sql`
    SELECT p.code AS programme, coalesce(c.code, '') AS "aidCategory", coalesce(k.code, '') AS "recipientKind",
      coalesce(lower(d.form), '') AS form, o.code AS organisation, coalesce(d.amount_wording, '') AS words,
      d.amount_fen::text AS "amountFen", count(*)::int AS count
    FROM disbursements d JOIN programmes p ON p.id = d.programme_id JOIN organisations o ON o.id = d.organisation_id
    LEFT JOIN aid_categories c ON c.id = d.aid_category_id LEFT JOIN recipient_kinds k ON k.id = d.recipient_kind_id
    WHERE ${countedOf(resolved)} AND d.amount_kind = 'ESTIMATED' AND d.entry_kind <> 'REVERSAL'
      AND NOT EXISTS (SELECT FROM adjustments a JOIN disbursements r ON r.id = a.reversal_id
        WHERE a.original_id = d.id AND r.status = 'APPROVED' AND r.fiscal_year = d.fiscal_year)
    GROUP BY 1, 2, 3, 4, 5, 6, 7 ORDER BY 1, 2, 3, 4, 5, 6, 7`);

const sumOf = (cells: readonly FigureCell[]) =>
  cells.reduce((sum, cell) => addSums(sum, sumsOfCell(cell)), emptySums());

const AXES = ["programme", "aidCategory", "recipientKind", "form"] as const;
type Whole = Pick<Said, "filter" | "wordings">;

/** More of them no paragraph can hold: then they are told by category, all kinds of recipients together. */
const TOLD_BY_KIND = 6;

function partOf(whole: Whole, cells: readonly FigureCell[], byKind: boolean): Part {
  const [{ programme = "", aidCategory = "", recipientKind: kind = "" } = {}] = cells;
  const recipientKind = byKind ? kind : null;
  const [form, ...others] = [...new Set(cells.map((cell) => cell.form ?? ""))];
  const alone = others.length === 0 && form ? form : null;
  return {
    aidCategory,
    recipientKind,
    form: alone,
    filter: {
      ...whole.filter,
      programme: [programme],
      aidCategory: [aidCategory],
      ...(recipientKind === null ? {} : { recipientKind: [recipientKind] }),
      ...(alone === null ? {} : { form: [alone as NonNullable<Said["filter"]["form"]>[number]] }),
    },
    sums: sumOf(cells),
    wordings: whole.wordings.filter(
      (one) =>
        one.programme === programme &&
        one.aidCategory === aidCategory &&
        (recipientKind === null || one.recipientKind === recipientKind),
    ),
  };
}

function groups(cells: readonly FigureCell[], key: (cell: FigureCell) => string): FigureCell[][] {
  const found = new Map<string, FigureCell[]>();
  for (const cell of cells) found.set(key(cell), [...(found.get(key(cell)) ?? []), cell]);
  return [...found.values()];
}

function programmePart(
  { code, contributory }: Programme,
  whole: Whole,
  rows: readonly FigureCell[],
): ProgrammePart[] {
  const cells = rows.filter((row) => row.programme === code);
  const sums = sumOf(cells);
  if (!isTold(sums)) return [];
  // an axis that is empty has no name to be asked by
  const named = cells.filter((cell) => cell.aidCategory && cell.recipientKind);
  const byKinds = groups(named, (cell) => `${cell.aidCategory} ${cell.recipientKind}`);
  const byKind = byKinds.length <= TOLD_BY_KIND;
  const parts = byKind ? byKinds : groups(named, (cell) => cell.aidCategory ?? "");
  return [
    {
      code,
      contributory,
      filter: { ...whole.filter, programme: [code] },
      sums,
      wordings: whole.wordings.filter((one) => one.programme === code),
      parts: parts.map((part) => partOf(whole, part, byKind)).filter((part) => isTold(part.sums)),
    },
  ];
}

/** What each place right below paid with everything below it, and what the root paid itself; in the order of the code. */
function placeParts(
  whole: Whole,
  { root, organisations }: { root: Organisation; organisations: readonly Organisation[] },
  rows: readonly FigureCell[],
): PlacePart[] {
  const below = organisations.filter((place) => place.parentCode === root.code);
  if (below.length === 0) return [];
  const { org: _org, ...filter } = whole.filter;
  const told = (place: Organisation, own: boolean): PlacePart[] => {
    const within = organisations.filter((one) =>
      own ? one.code === place.code : one.path.startsWith(place.path),
    );
    const codes = new Set(within.map(({ code }) => code));
    const sums = sumOf(rows.filter((row) => codes.has(row.organisation ?? "")));
    if (!isTold(sums)) return [];
    const at = own ? { organisation: place.code } : { org: place.code };
    const wordings = whole.wordings.filter((one) => codes.has(one.organisation));
    return [{ place, own, filter: { ...filter, ...at }, sums, wordings }];
  };
  return [...told(root, true), ...below.flatMap((place) => told(place, false))];
}

/** The organisation asked for, else the highest one the reader may see. */
async function rootOf({ db, scope, query }: Reading) {
  const reference = await getReference({ db });
  const places = reference.organisations.filter((place) => reaches(scope, place.path));
  const root =
    query.org === undefined ? topOf(places) : places.find(({ code }) => code === query.org);
  return { reference, root };
}

async function readFigures(reading: Reading): Promise<NarrativeFigures> {
  const { db, scope, query } = reading;
  const { year, asOf, seq } = query;
  const stamp = { ...(asOf === undefined ? {} : { asOf }), ...(seq === undefined ? {} : { seq }) };
  const { reference, root } = await rootOf(reading);
  const filter = { year, org: root?.code ?? query.org, ...stamp };
  // an organisation that is not within reach, or nowhere, is refused here as every figure refuses it
  const resolved = await resolveStamped({ db, scope, filter });
  if (!root) throw new AppError("FORBIDDEN");
  const contributory = reference.programmes.filter((programme) => programme.contributory);
  const programmeIds = contributory.map(({ id }) => id);
  const sets: FigureSet[] = [
    { resolved, groupBy: AXES },
    { resolved, groupBy: ["organisation"] },
    { resolved: { ...resolved, programmeIds }, groupBy: AXES },
    { resolved: { ...resolved, statuses: ["SUBMITTED"] }, groupBy: [] },
  ];
  const [byKind, byPlace, mutual, waiting] = (await figuresOf(db, sets)) as [Answer, Answer, Answer, Answer]; // prettier-ignore
  const balance = await readBalance(db, { resolved, groupBy: "organisation" }, byPlace);
  const wordingsOf = async ({ leftOut }: Answer, of: ResolvedFilter) =>
    leftOut.estimated === 0 ? [] : listWordings(db, of);
  const relief: Whole = { filter, wordings: await wordingsOf(byKind, resolved) };
  const apart: Whole = { filter, wordings: await wordingsOf(mutual, { ...resolved, programmeIds }) }; // prettier-ignore
  const [origins] = await readOrigins(db, resolved, [year]);
  const { organisations, programmes } = reference;
  return {
    year,
    root,
    reference,
    underWay: year >= yearOf(civilDateInChina(new Date(byKind.asOf))),
    origin: originOf(origins ?? { any: false, demo: false, published: false }),
    total: { ...relief, sums: sumOf(byKind.rows) },
    balance,
    programmes: programmes.flatMap((programme) =>
      programme.contributory
        ? programmePart(programme, apart, mutual.rows)
        : programmePart(programme, relief, byKind.rows),
    ),
    places: placeParts(relief, { root, organisations }, byPlace.rows),
    submitted: Object.keys(stamp).length > 0 ? null : waiting.totals.records,
    asOf: byKind.asOf,
    seq: byKind.seq,
  };
}

/** The work brief of a year and a subtree, every number of it out of one snapshot. */
export async function getNarrative(reading: Reading) {
  const figures = await readFigures(reading);
  const { lang, length } = reading.query;
  const narrative: Narrative = draft(figures, lang, length);
  return { narrative, root: figures.root, origin: figures.origin, sums: figures.total.sums };
}

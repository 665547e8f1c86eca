import "server-only";
import { cardLines, cardWorkbook } from "@/lib/features/card-files/present";
import { filterWords, placeInName } from "@/lib/features/files/present";
import type { ExportFile } from "@/lib/features/files/queries";
import { summaryWords } from "@/lib/features/summary/labels";
import { checkpointLine } from "@/lib/kernel/checkpoint";
import { csvLine } from "@/lib/kernel/csv";
import { FILE_TYPES, type FileFormat } from "@/lib/kernel/file-format";
import type { MoneyUnit } from "@/lib/kernel/money";
import type { Locale } from "@/lib/kernel/preferences";
import { cardSayings } from "@/lib/platform/card-words";
import { latestCheckpoint } from "@/lib/platform/checkpoint";
import { textFile, workbookFile } from "@/lib/platform/spreadsheet";
import { labelsOf } from "@/lib/platform/words";
import { crossSheet } from "./paper";
import { axisName, crossTable, measureName } from "./present";
import {
  earlierOf,
  readPlaces,
  resolveFilter,
  resolveStamped,
  type ResolvedFilter,
  refuseUnknownCode,
} from "@/lib/features/filter/queries";
import { figuresOf, readOrigins, type FigureSet } from "@/lib/features/figures/queries";
import {
  emptySums,
  leftOutThen,
  originOf,
  type Answer,
  type Sums,
} from "@/lib/features/figures/rules";
import { explainHref } from "@/lib/features/ledger/address";
import { getReference } from "@/lib/features/reference/queries";
import type { Organisation, Reference } from "@/lib/features/reference/types";
import { COUNT_UNITS } from "@/lib/kernel/counts";
import { columnName } from "@/lib/kernel/record-fields";
import type { Actor } from "@/lib/kernel/actor";
import { refuseField } from "@/lib/kernel/app-error";
import { civilDateInChina, yearOf, type CivilDate } from "@/lib/kernel/fiscal-year";
import { reaches, type Scope } from "@/lib/kernel/scope";
import { yearInName } from "@/lib/kernel/year-axis";
import { sql, type Reader, type Sql } from "@/lib/platform/db";
import {
  CELLS_AT_MOST,
  cornerCell,
  crossLines,
  crossOf,
  isMoney,
  isRatio,
  rootsOf,
  type CrossReading,
} from "./rules";
import {
  RATIOS,
  type Cross,
  type CrossFilter,
  type CrossLine,
  type CrossLook,
  type CrossMeasure,
  type CrossShape,
  type CrossView,
} from "./types";

type Asking = {
  db: Reader;
  scope: Scope;
  filter: CrossFilter;
  shape: CrossShape;
  reference: Reference;
  /** The organisations the reader may see. */
  places: readonly Organisation[];
};

/** Over `d`: the records that know both sides of a ratio. */
export function knowsBoth(measure: CrossMeasure): Sql | undefined {
  if (!isRatio(measure)) return undefined;
  return sql`d.amount_fen IS NOT NULL AND ${sql([`d.${columnName(RATIOS[measure])}`])} IS NOT NULL`;
}

/** Cells, both edges and the corner, each at its own grouping; then the same of what stands apart. */
export function setsOf(
  { rows, columns }: Pick<CrossShape, "rows" | "columns">,
  resolved: ResolvedFilter,
  apart: number[],
) {
  const of = (groupBy: FigureSet["groupBy"], programmeIds = resolved.programmeIds): FigureSet => ({
    resolved: { ...resolved, programmeIds },
    groupBy,
  });
  return [
    of([rows, columns]),
    of([rows]),
    of([columns]),
    of([]),
    ...(apart.length > 0 ? [of([rows, columns], apart), of(["programme"], apart)] : []),
  ];
}

export function cornerOf({ totals, named, leftOut, reversals }: Answer): Sums {
  const { unvalued, estimated, withoutMoney } = leftOut;
  const { amountFen, records } = totals;
  const counts = Object.fromEntries(COUNT_UNITS.map((unit) => [unit, totals[unit]]));
  return {
    ...emptySums(),
    ...counts,
    ...{ records, unvalued, estimated, withoutMoney, reversals },
    ...named,
    namedFen: BigInt(named.namedFen),
    amountFen: BigInt(amountFen),
  };
}

export function readingOf([cells, rows, columns, corner, inner, edge]: Answer[]): CrossReading {
  if (!cells || !rows || !columns || !corner) throw new Error("cross: a set was not answered");
  return {
    cells: cells.rows,
    rows: rows.rows,
    columns: columns.rows,
    corner: cornerOf(corner),
    apart: inner && edge ? { cells: inner.rows, edge: edge.rows } : null,
  };
}

const SAME_AXIS = { key: "sameAxis" };
const tooMany = (count: number) => ({
  key: "tooManyCells",
  values: { count, most: CELLS_AT_MOST },
});

/** How many cells a table would have that is refused. */
export type TooLarge = { tooLarge: number };

/** Two axes against each other, out of one statement. */
export async function getCross(input: Asking): Promise<Cross | TooLarge> {
  const { db, scope, filter, shape, reference, places } = input;
  if (shape.rows === shape.columns) refuseField("columns", SAME_AXIS);
  const resolved = await resolveStamped({ db, scope, filter });
  const byProgramme = shape.rows === "programme" || shape.columns === "programme";
  const apart =
    byProgramme && filter.programme === undefined
      ? reference.programmes.filter((one) => one.contributory).map(({ id }) => id)
      : [];
  const sets = setsOf(shape, resolved, apart);
  const records = knowsBoth(shape.measure);
  const answers = await figuresOf(db, [
    ...sets,
    ...(records ? sets.map((set) => ({ ...set, records })) : []),
    { resolved: earlierOf(resolved), groupBy: [shape.rows] },
  ]);
  const reading = readingOf(answers.slice(0, sets.length));
  const listing = { filter, reference, places, roots: rootsOf(places, filter), shape, reading };
  const lines = crossLines(listing);
  const size = lines.rows.length * lines.columns.length;
  if (size > CELLS_AT_MOST) return { tooLarge: size };
  const whole = answers[3] as Answer;
  const { asOf, seq, definition } = whole;
  return {
    ...shape,
    ...crossOf(lines, {
      ...listing,
      priced: records ? readingOf(answers.slice(sets.length, 2 * sets.length)) : null,
      earlier: answers.at(-1)?.rows ?? [],
    }),
    leftOut: leftOutThen(whole),
    ...{ asOf, seq, definition },
  };
}

export type CrossAsked = CrossFilter & CrossShape & CrossLook;

/** The page, and the file of it, out of one snapshot; what cannot be shown says why. */
export async function getCrossView(input: {
  db: Reader;
  scope: Scope;
  actor: Actor;
  query: CrossAsked;
  today: CivilDate;
}): Promise<CrossView> {
  const { db, scope, actor, query, today } = input;
  const { rows, columns, measure, share, face, empty, fold, view: opened, ...named } = query;
  const { asOf, seq, ...asked } = named;
  const shape = { rows, columns, measure };
  const start = await readPlaces({ db, scope, actor, asked, current: yearOf(today), whole: true });
  const { reference, places, root, unknown: ignored } = start;
  const filter = { ...start.filter, asOf, seq };
  const resolved = await resolveFilter({ db, scope, filter: start.filter });
  const [origins] = await readOrigins(db, resolved, [filter.year], filter.yearAxis);
  const view = {
    ...{ reference, places, root, filter, ignored, shape },
    look: { share, face, empty, fold, view: opened },
    origin: origins ? originOf(origins) : ("entered" as const),
  };
  if (rows === columns) return { ...view, cross: null, refused: { why: "sameAxis" } };
  const cross = await getCross({ db, scope, filter, shape, reference, places });
  if ("tooLarge" in cross)
    return { ...view, cross: null, refused: { why: "tooManyCells", cells: cross.tooLarge } };
  return { ...view, cross, refused: null };
}

/** Every cell on the wire, with the page that lists its vouchers. */
export async function crossAnswer(input: Omit<Asking, "reference" | "places">) {
  const { db, scope } = input;
  const reference = await getReference({ db });
  const places = reference.organisations.filter(({ path }) => reaches(scope, path));
  const cross = await getCross({ ...input, reference, places });
  if ("tooLarge" in cross) return refuseField("rows", tooMany(cross.tooLarge));
  const line = ({ kind, code, own, level }: CrossLine) => ({ kind, code, own, level });
  const { surplus } = cross;
  return {
    rows: cross.rowLines.map(line),
    columns: cross.columnLines.map(line),
    cells: cross.cells.map((row) =>
      row.map(({ value, state, records, unvalued, estimated, filter }) => ({
        value: typeof value === "bigint" ? value.toString() : value,
        ...{ state, records, unvalued, estimated },
        href: filter && explainHref(filter),
      })),
    ),
    surplus: surplus && {
      rows: surplus.rows.toString(),
      columns: surplus.columns.toString(),
    },
    leftOut: cross.leftOut,
    ...{ asOf: cross.asOf, seq: cross.seq, definition: cross.definition },
  };
}

type FileAsked = {
  db: Reader;
  scope: Scope;
  actor: Actor;
  locale: Locale;
  now: Date;
  query: CrossAsked & { format: FileFormat; unit: MoneyUnit };
};

/** The table as it stands on the page, folded as there, as a file. */
export async function getCrossFile(input: FileAsked): Promise<ExportFile> {
  const { locale, now, db } = input;
  const { format, unit, ...query } = input.query;
  const view = await getCrossView({ ...input, query, today: civilDateInChina(now) });
  refuseUnknownCode(query, view.ignored);
  const { cross, refused, filter, root, reference } = view;
  if (cross === null)
    return refused?.why === "tooManyCells"
      ? refuseField("rows", tooMany(refused.cells))
      : refuseField("columns", SAME_AXIS);
  const words = { locale, unit, ...cardSayings(locale) };
  const table = crossTable({ ...view, cross, words });
  const said = filterWords(filter, reference, labelsOf(locale), locale);
  const checkpoint = await latestCheckpoint(db);
  const sheet = crossSheet({
    ...{ table, cross, view, words, filter: said },
    checkpoint: checkpoint && checkpointLine(checkpoint, locale),
  });
  const { product, unitName } = summaryWords(locale);
  const axes = [view.shape.rows, view.shape.columns].map((axis) => axisName(axis, words));
  const titled = [...axes, measureName(view.shape.measure, words)].join("-");
  const safe = titled.replace(locale === "en" ? /[^\w]+/g : /[\s/\\:*?"<>|]+/g, "-");
  const parts = [
    product,
    yearInName(locale, filter.yearAxis, filter.year),
    safe,
    placeInName(root, locale),
  ];
  const name = `${[...parts, ...(isMoney(view.shape.measure) ? [unitName[unit]] : [])].join("_")}.${format}`;
  const corner = cornerCell(cross);
  return {
    name,
    type: FILE_TYPES[format],
    body:
      format === "xlsx"
        ? await workbookFile([cardWorkbook(sheet, words)], { title: table.title, created: now })
        : textFile(cardLines(sheet, words).map(csvLine)),
    record: {
      name,
      organisationId: root.id,
      body: {
        ...{ kind: "cross", ...view.shape, format, unit, filter: said, asOf: cross.asOf },
        records: corner.records,
      },
    },
  };
}

import "server-only";
import type { z } from "zod";
import { filterWords, placeInName, summaryLines } from "@/lib/features/files/present";
import { paperWorkbook } from "@/lib/features/files/paper";
import type { ExportFile } from "@/lib/features/files/queries";
import { summaryWords } from "@/lib/features/summary/labels";
import { printedSections } from "@/lib/features/summary/paper";
import type { PaperSheet, PaperTable } from "@/lib/features/summary/types";
import { checkpointLine } from "@/lib/kernel/checkpoint";
import { csvLine } from "@/lib/kernel/csv";
import type { MoneyUnit } from "@/lib/kernel/money";
import type { Locale } from "@/lib/kernel/preferences";
import { yearInName } from "@/lib/kernel/year-axis";
import { cardSayings } from "@/lib/platform/card-words";
import { latestCheckpoint } from "@/lib/platform/checkpoint";
import { pdfFile } from "@/lib/platform/pdf";
import { textFile, workbookFile } from "@/lib/platform/spreadsheet";
import { labelsOf } from "@/lib/platform/words";
import { cornerOf, knowsBoth, readingOf, setsOf } from "@/lib/features/cross/queries";
import { CELLS_AT_MOST, isTotal, type CrossReading } from "@/lib/features/cross/rules";
import type { CrossAxis, CrossFilter, Ratio } from "@/lib/features/cross/types";
import { figuresOf, readOrigins, type FigureSet } from "@/lib/features/figures/queries";
import { leftOutThen, originOf, type Answer } from "@/lib/features/figures/rules";
import {
  earlierOf,
  readPlaces,
  refuseUnknownCode,
  resolveFilter,
  resolveStamped,
} from "@/lib/features/filter/queries";
import type { FigureFilter } from "@/lib/features/filter/types";
import { topOf } from "@/lib/features/reference/present";
import { getReference } from "@/lib/features/reference/queries";
import type { Organisation, Reference } from "@/lib/features/reference/types";
import type { Actor } from "@/lib/kernel/actor";
import { AppError, found, refuseField } from "@/lib/kernel/app-error";
import { civilDateInChina, yearOf, type CivilDate } from "@/lib/kernel/fiscal-year";
import type { Stamp } from "@/lib/kernel/position";
import type { Scope } from "@/lib/kernel/scope";
import { emptySql, sql, type Reader } from "@/lib/platform/db";
import { SHIPPED } from "./labels";
import { layoutSheets } from "./paper";
import { drawsFor } from "./policy";
import { layoutTable, textIn } from "./present";
import {
  filterOf,
  isShipped,
  layLaid,
  layoutOfCross,
  MOST_LAYOUTS,
  readingKey,
  readingsOf,
  unknownCodes,
  type TooLarge,
} from "./rules";
import { LAYOUT_TYPES, layoutSchema, type newLayoutAddressSchema } from "./schema";
import {
  type KeptLayout,
  type Layout,
  SHIPPED_IDS,
  type Laid,
  type LayoutDrawing,
  type LayoutFormat,
  type LayoutView,
  type LayoutWords,
  type ShippedId,
} from "./types";

type Asking = {
  db: Reader;
  scope: Scope;
  filter: CrossFilter;
  layout: Layout;
  reference: Reference;
  /** The organisations the reader may see. */
  places: readonly Organisation[];
};

type Wanted = { key: string; axis: CrossAxis | null; sets: FigureSet[] };

/** Every figure of a layout, each at its own grouping, out of one statement. */
export async function readLaid(input: Asking): Promise<Laid | TooLarge> {
  const { db, scope, filter, layout, reference } = input;
  const { rows } = layout;
  const resolved = await resolveStamped({ db, scope, filter });
  const contributory = filter.programme === undefined ? reference.programmes.filter((one) => one.contributory) : []; // prettier-ignore
  const apartIds = contributory.map(({ id }) => id);
  const setsFor = (axis: CrossAxis | null, ratio: Ratio | null): FigureSet[] => {
    const apart = rows === "programme" || axis === "programme" ? apartIds : [];
    const aside = {
      resolved: { ...resolved, programmeIds: apart },
      groupBy: ["programme" as const],
    };
    const sets: FigureSet[] =
      axis === null
        ? [
            { resolved, groupBy: [rows] },
            { resolved, groupBy: [] },
            ...(apart.length > 0 ? [aside] : []),
          ]
        : setsOf({ rows, columns: axis }, resolved, apart);
    const records = ratio === null ? undefined : knowsBoth(ratio);
    return records ? sets.map((set) => ({ ...set, records })) : sets;
  };
  const wanted = readingsOf(layout).map(({ axis, ratio }): Wanted => ({
    key: readingKey(axis, ratio),
    axis,
    sets: setsFor(axis, ratio),
  }));
  const answers = await figuresOf(db, [
    ...wanted.flatMap(({ sets }) => sets),
    { resolved: earlierOf(resolved), groupBy: [rows] },
  ]);
  let from = 0;
  const readings = new Map<string, CrossReading>();
  for (const { key, axis, sets } of wanted) {
    const own = answers.slice(from, (from += sets.length));
    readings.set(key, axis === null ? sumOf(own) : readingOf(own));
  }
  const whole = answers[1] as Answer;
  const laid = layLaid({ ...input, readings, earlier: answers.at(-1)?.rows ?? [] });
  if ("tooLarge" in laid) return laid;
  const { asOf, seq, definition } = whole;
  return { ...laid, leftOut: leftOutThen(whole), asOf, seq, definition };
}

/** The sums of the lines alone. */
function sumOf([rows, corner, apart]: Answer[]): CrossReading {
  const edge = found(rows ?? null).rows;
  return {
    ...{ cells: [], columns: [], rows: edge },
    corner: cornerOf(found(corner ?? null)),
    apart: apart ? { cells: [], edge: apart.rows } : null,
  };
}

export type LayoutAsked = Stamp &
  Pick<FigureFilter, "year" | "yearAxis"> & { org?: string | undefined };

const shipped = (id: ShippedId): KeptLayout => ({
  ...{ id, shipped: true, layout: SHIPPED[id] },
  ...{ version: null, updatedAt: null },
});

type Row = { id: string; body: unknown; version: number; updatedAt: string };

/** What was kept is read as what is sent is: by the schema of today. */
const keptOf = ({ id, body, version, updatedAt }: Row): KeptLayout => ({
  ...{ id, shipped: false, layout: layoutSchema.parse(body), version, updatedAt },
});

async function readKept(
  { db, scope }: { db: Reader; scope: Scope },
  id?: string,
): Promise<KeptLayout[]> {
  const homes = scope.homes.map((home) => home.id);
  const rows = await db.rows<Row>(sql`
    SELECT l.id::text AS id, l.body, l.version,
      to_char(l.updated_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "updatedAt"
    FROM report_layouts l JOIN organisations o ON o.id = l.organisation_id
    WHERE l.removed_at IS NULL AND EXISTS (
        SELECT FROM organisations home WHERE home.id = ANY (${homes}::int[]) AND starts_with(home.path, o.path))
      ${id === undefined ? emptySql : sql`AND l.id = ${id}::bigint`}
    ORDER BY l.title, l.id LIMIT ${MOST_LAYOUTS}`);
  return rows.map(keptOf);
}

/** The forms there are: those that come with the program in their own order, then those of the province above. */
export async function listLayouts(input: { db: Reader; scope: Scope }): Promise<KeptLayout[]> {
  return [...SHIPPED_IDS.map(shipped), ...(await readKept(input))];
}

/** One of a province's own that the reader may open. */
export async function findKept(input: {
  db: Reader;
  scope: Scope;
  id: string;
}): Promise<KeptLayout> {
  if (!/^[1-9]\d{0,17}$/.test(input.id)) throw new AppError("NOT_FOUND");
  const [own] = await readKept(input, input.id);
  return found(own ?? null);
}

export const findLayout = (input: { db: Reader; scope: Scope; id: string }): Promise<KeptLayout> =>
  isShipped(input.id) ? Promise.resolve(shipped(input.id)) : findKept(input);

/** The page, and each file of it, out of one snapshot; what cannot be shown says why. */
export async function getLayoutView(input: {
  db: Reader;
  scope: Scope;
  actor: Actor;
  locale: Locale;
  id: string;
  query: LayoutAsked;
  today: CivilDate;
}): Promise<LayoutView> {
  const { db, scope, actor, locale, id, query, today } = input;
  const { asOf, seq, ...asked } = query;
  const kept = await findLayout({ db, scope, id });
  const { layout } = kept;
  const start = await readPlaces({ db, scope, actor, asked, current: yearOf(today), whole: true });
  const { reference, places, root, unknown: ignored } = start;
  const conditions = filterOf(layout, reference);
  const unknown = unknownCodes(layout, reference);
  const filter = { ...conditions, ...start.filter, asOf, seq };
  const said = filterWords(filter, reference, labelsOf(locale), locale);
  const draws = drawsFor(actor) !== null;
  const view = { kept, layout, draws, reference, places, root, ignored, filter, said, unknown };
  if (conditions === null || unknown.length > 0)
    return { ...view, origin: "entered", laid: null, refused: { why: "unknownCodes" } };
  const resolved = await resolveFilter({ db, scope, filter: start.filter });
  const [origins] = await readOrigins(db, resolved, [filter.year], filter.yearAxis);
  const origin = origins ? originOf(origins) : ("entered" as const);
  const laid = await readLaid({ db, scope, filter, layout, reference, places });
  return "tooLarge" in laid
    ? { ...view, origin, laid: null, refused: { why: "tooManyCells", cells: laid.tooLarge } }
    : { ...view, origin, laid, refused: null };
}

type Drawing = { db: Reader; scope: Scope; actor: Actor };

function requireDraws(actor: Actor): void {
  if (drawsFor(actor) === null) throw new AppError("FORBIDDEN");
}

/** One of the province's own, to be changed. */
export async function getLayoutChange(input: Drawing & { id: string }): Promise<LayoutDrawing> {
  requireDraws(input.actor);
  const [{ id, layout, version }, reference] = [await findKept(input), await getReference(input)];
  return {
    ...{ layout, reference, from: null, dropped: [], ignored: [] },
    kept: { id, version: found(version) },
  };
}

/** A new one, made from a form that there is, or from a cross table. */
export async function getNewLayout(
  input: Drawing & { query: z.infer<typeof newLayoutAddressSchema>; today: CivilDate },
): Promise<LayoutDrawing> {
  const { query, today, ...reading } = input;
  requireDraws(input.actor);
  const { from, rows, columns, measure, empty, ...looked } = query;
  const { share: _share, face: _face, fold: _fold, view: _view, ...asked } = looked;
  const reference = await getReference(input);
  if (from !== undefined) {
    const { layout } = await findLayout({ ...reading, id: from });
    return { layout, reference, from, kept: null, dropped: [], ignored: [] };
  }
  const start = await readPlaces({ ...reading, asked, current: yearOf(today) });
  const made = layoutOfCross({ rows, columns, measure }, start.filter, empty);
  const narrowed = topOf(start.places)?.code !== start.root.code;
  return {
    ...{ layout: made.layout, reference, from: null, kept: null, ignored: start.unknown },
    dropped: [...(narrowed ? (["org"] as const) : []), ...made.dropped],
  };
}

type FileAsked = {
  db: Reader;
  scope: Scope;
  actor: Actor;
  locale: Locale;
  now: Date;
  query: LayoutAsked & { layout: string; format: LayoutFormat; unit: MoneyUnit };
};

type Filing = { paper: PaperTable; sheets: PaperSheet[]; words: LayoutWords; now: Date };

/** The same sheets, to be worked with, to be read by a program, or to be printed. */
async function fileBody(format: LayoutFormat, { paper, sheets, words, now }: Filing) {
  const { title } = paper;
  if (format === "csv") return textFile(summaryLines(paper, words).map(csvLine));
  if (format === "xlsx")
    return workbookFile(paperWorkbook(paper, sheets, words), { title, created: now });
  const { locale, unit } = words;
  return new Uint8Array(
    await pdfFile({
      ...{ title, created: now },
      foot: paper.asOf,
      page: (at, of) => words.layouts("page", { at, of }),
      sections: printedSections(paper, sheets, { locale, unit, coded: paper.codeHeader !== null }),
    }),
  );
}

/** A form as a file: the table the page shows, in the unit asked for. */
export async function getLayoutFile(input: FileAsked): Promise<ExportFile> {
  const { db, locale, now } = input;
  const { layout: id, format, unit, ...query } = input.query;
  // a machine that is busy may take long over the drawing; the snapshot waits two minutes for it
  await db.rows(sql`SELECT set_config('idle_in_transaction_session_timeout', '120000', true)`);
  const view = await getLayoutView({ ...input, id, query, today: civilDateInChina(now) });
  refuseUnknownCode(query, view.ignored);
  const { laid, refused, filter, said, root, layout } = view;
  if (laid === null)
    return refuseField(
      "layout",
      refused?.why === "tooManyCells"
        ? { key: "tooManyCells", values: { count: refused.cells, most: CELLS_AT_MOST } }
        : { key: "layoutCodes", values: { codes: view.unknown.join(", ") } },
    );
  const words = { locale, unit, ...cardSayings(locale) };
  const table = layoutTable({ view, laid, words });
  const checkpoint = await latestCheckpoint(db, laid.seq);
  const paper = checkpoint
    ? { ...table.paper, notes: [...table.paper.notes, checkpointLine(checkpoint, locale)] }
    : table.paper;
  const w = summaryWords(locale);
  const titled = textIn(layout.title, locale).replace(locale === "en" ? /[^\w]+/g : /[\s/\\:*?"<>|]+/g, "-"); // prettier-ignore
  const year = yearInName(locale, filter.yearAxis, filter.year);
  const parts = [w.product, year, titled, placeInName(root, locale), w.unitName[unit]];
  const name = `${parts.join("_")}.${format}`;
  const sheets = layoutSheets({ ...table, paper }, layout, words);
  const total = laid.edge[laid.rows.findIndex(isTotal)];
  return {
    name,
    type: LAYOUT_TYPES[format],
    body: await fileBody(format, { paper, sheets, words, now }),
    record: {
      name,
      organisationId: root.id,
      body: {
        ...{ kind: "layout", layout: id, format, unit, filter: said, asOf: laid.asOf },
        records: total?.records ?? 0,
        amountFen: (total?.value ?? 0).toString(),
      },
    },
  };
}

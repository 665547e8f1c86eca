import "server-only";
import { proofSheet, summarySheets } from "@/lib/features/files/paper";
import { getLedgerFile } from "@/lib/features/files/queries";
import { queryBalance, queryComparison, queryFigures } from "@/lib/features/figures/queries";
import { facesOf, shownAreas } from "@/lib/features/map/present";
import { countyMap } from "@/lib/features/map/rules";
import { narrativeDocx, narrativeTxt } from "@/lib/features/narrative-files/queries";
import { getNarrative } from "@/lib/features/narratives/queries";
import type { Narrative } from "@/lib/features/narratives/types";
import { getReference } from "@/lib/features/reference/queries";
import {
  noteText,
  oneSheet,
  overTable,
  printedSection,
  printedSections,
  sheetsOf,
} from "@/lib/features/summary/paper";
import { summaryTable } from "@/lib/features/summary/present";
import { getYearSummary } from "@/lib/features/summary/queries";
import type { Actor } from "@/lib/kernel/actor";
import { checkpointLine, checkpointText, type Checkpoint } from "@/lib/kernel/checkpoint";
import { FILE_TYPES } from "@/lib/kernel/file-format";
import { civilDateInChina } from "@/lib/kernel/fiscal-year";
import type { Locale } from "@/lib/kernel/preferences";
import { reaches, type Scope } from "@/lib/kernel/scope";
import { cardSayings } from "@/lib/platform/card-words";
import { signCheckpointText } from "@/lib/platform/checkpoint";
import { inJob, sql, type JobRun, type Reader } from "@/lib/platform/db";
import { pdfFile } from "@/lib/platform/pdf";
import { manifestText } from "@/lib/platform/pack-manifest";
import { workbookFile } from "@/lib/platform/spreadsheet";
import { packWords } from "./labels";
import { barsSvg, mapSvg, proofText } from "./paper";
import { axisTable, balanceTable, mutualTable, placesTable, type PackTable } from "./present";
import type { PackAxis, PackFileName, PackStamp, WholeFile } from "./types";

const AXES_OF_PACK = ["programme", "month", "fundSource", "aidCategory", "recipientKind", "form", "campaign"] as const satisfies PackAxis[]; // prettier-ignore

/** Of the map, as the dashboard draws it before anybody chooses. */
const CLASSES = 5;

const TEXT = "text/plain; charset=utf-8";
export const PACK_TYPES: Readonly<Record<PackFileName, string>> = {
  "summary.xlsx": FILE_TYPES.xlsx,
  "summary.pdf": "application/pdf",
  "ledger.csv": FILE_TYPES.csv,
  "ledger.xlsx": FILE_TYPES.xlsx,
  "narrative.docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  "narrative.txt": TEXT,
  "checkpoint.txt": TEXT,
  "manifest.json": "application/json; charset=utf-8",
};

/** The figures are read for the checkpoint file alone: they are counted afresh from every record there is. */
type PackCheckpoint = Omit<Checkpoint, "figures"> & { figures: string | null };

type Making = {
  db: Reader;
  scope: Scope;
  actor: Actor;
  stamp: PackStamp;
  /** Null: nothing had been written into the chain. */
  checkpoint: PackCheckpoint | null;
  /** Files that are whole by now. */
  made: readonly WholeFile[];
};
type Body = AsyncIterable<Uint8Array>;
type Maker = (making: Making) => Promise<Body>;

const FIGURES_MS = 30 * 60_000;

/** The head of the chain where the pack stands: the same whenever it is asked for. */
export async function packCheckpoint(
  job: JobRun,
  withFigures: boolean,
): Promise<PackCheckpoint | null> {
  const [found] = await inJob(
    job,
    (tx) =>
      tx.rows<PackCheckpoint>(
        sql`SELECT origin, size, head, at, figures FROM guard.pack_checkpoint(${withFigures}::boolean)`,
      ),
    { timeoutMs: FIGURES_MS },
  );
  return found ?? null;
}

async function* one(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
const whole = (file: { body: Uint8Array | ReadableStream<Uint8Array> }): Body =>
  file.body instanceof ReadableStream ? file.body : one(file.body);

/** What a chain of no entry prints is nothing. */
const printed = ({ checkpoint }: Making): Checkpoint | null =>
  checkpoint && { ...checkpoint, figures: "" };

/** What every sheet of the pack is made from, out of one position. */
async function readTables(making: Making) {
  const { db, scope, stamp } = making;
  const { year, org, seq, locale, unit, asOf } = stamp;
  const today = civilDateInChina(new Date(asOf));
  const words = { locale, unit, ...cardSayings(locale) };
  const found = await getYearSummary({ db, scope, year, org, today, stamp: { seq } });
  const plain = summaryTable(found, words);
  const line = printed(making);
  const table = line ? { ...plain, notes: [...plain.notes, checkpointLine(line, locale)] } : plain;
  const reference = await getReference({ db });
  const filter = { year, org, seq };
  const { filledBy, codeHeader, marks, numbered, signatures, demo, asOf: stand } = table;
  const common = { filledBy, codeHeader, marks, numbered, signatures, demo, asOf: stand };
  const wholeFen = found.whole.spentFen.toString();
  const laying = { year, reference, words, common, wholeFen };
  const compared = (axis: PackAxis, more: object = {}) =>
    queryComparison({
      ...{ db, scope, today, filter: { ...filter, ...more } },
      groupBy: [axis],
      compare: "same-period",
    });
  const cells = await queryFigures({ db, scope, filter, groupBy: ["organisation", "programme"] });
  const places = reference.organisations.filter(({ path }) => reaches(scope, path));
  const names = table.rows.map(({ name }) => name);
  const tables: PackTable[] = [placesTable(found, cells.rows, { ...laying, places, names })];
  for (const axis of AXES_OF_PACK) tables.push(axisTable(axis, await compared(axis), laying));
  const balance = await queryBalance({ db, scope, filter, groupBy: "fundSource" });
  tables.push(balanceTable(balance, laying, found.whole.receivedFen));
  const programme = reference.programmes.flatMap((one) => (one.contributory ? [one.code] : []));
  if (programme.length > 0) {
    const apart = await compared("programme", { programme });
    tables.push(mutualTable(apart, laying, found.leftOut.contributory.amountFen));
  }
  return { table, tables, cells: cells.rows, words, reference, places, created: new Date(asOf) };
}

const summary: Maker = async (making) => {
  const { table, tables, created } = await readTables(making);
  const show = { locale: making.stamp.locale, unit: making.stamp.unit };
  const sheets = [
    ...summarySheets(table, show),
    ...tables.map((one) => proofSheet(one.table, { ...show, name: one.name, proofs: one.proofs })),
  ];
  return one(await workbookFile(sheets, { title: table.title, created }));
};

/** The amounts of an axis as its chart draws them. */
const barsOf = ({ table }: PackTable) =>
  table.rows.slice(1).map(({ name, cells: [amount] }) => ({
    name,
    fen: amount?.kind === "money" ? amount.fen : null,
  }));

const paper: Maker = async (making) => {
  const { table, tables, cells, words, reference, places, created } = await readTables(making);
  const { locale, unit, year, org } = making.stamp;
  const show = { locale, unit };
  const w = packWords(locale);
  const named = (name: string) => tables.find((one) => one.name === name);
  const charts = [named(w.axis.programme), named(w.axis.month)].flatMap((one) => one ?? []);
  const root = reference.organisations.find(({ code }) => code === org);
  const filter = { year, org };
  const map = root && countyMap({ cells, places, root, filter, programmes: reference.programmes });
  const [face] = map ? facesOf(map, words, CLASSES) : [];
  const file = await pdfFile({
    title: table.title,
    created,
    foot: [table.asOf, table.demo ?? ""].join("　"),
    page: w.page,
    sections: [
      ...printedSections(table, sheetsOf(table, show), { ...show, coded: true }),
      ...tables.map((one) =>
        printedSection(
          one.table,
          oneSheet(one.table, show),
          { ...show, coded: one.name === w.places },
          [...proofText(one, locale), ...noteText(one.table, locale)],
        ),
      ),
      ...charts.map((one) => ({
        title: one.table.title,
        ...overTable(one.table, show),
        parts: [{ kind: "drawing" as const, svg: barsSvg(barsOf(one), show), width: 740 }],
      })),
      ...(map && face
        ? [
            {
              title: w.chart(year, w.counties),
              ...overTable(table, show),
              parts: [
                { kind: "drawing" as const, svg: mapSvg(face, shownAreas(map, words)), width: 580 },
                { kind: "words" as const, lines: [face.sentence] },
              ],
            },
          ]
        : []),
    ],
  });
  return one(file);
};

const ledger =
  (format: "csv" | "xlsx"): Maker =>
  async (making) => {
    const { db, scope, actor, stamp } = making;
    const { year, org, seq, locale, asOf } = stamp;
    const file = await getLedgerFile({
      ...{ db, scope, actor, locale },
      now: new Date(asOf),
      checkpoint: printed(making),
      query: { year, org, status: ["approved"], seq, format },
    });
    return whole(file);
  };

const narrative =
  (write: (brief: Narrative, locale: Locale) => Uint8Array | Promise<Uint8Array>): Maker =>
  async ({ db, scope, stamp }) => {
    const { year, org, seq, locale } = stamp;
    const query = { year, org, seq, lang: locale, length: "long" as const };
    const { narrative: told } = await getNarrative({ db, scope, query });
    return one(await write(told, locale));
  };

const note: Maker = ({ checkpoint }) =>
  Promise.resolve(
    one(
      new TextEncoder().encode(
        checkpoint === null
          ? "\n"
          : signCheckpointText(
              checkpointText({ ...checkpoint, figures: checkpoint.figures ?? "" }),
            ),
      ),
    ),
  );

const manifest: Maker = ({ stamp, checkpoint, made }) => {
  const { seq, asOf, definition, year, org, locale, unit } = stamp;
  const text = manifestText({
    stamp: { seq, asOf, definition },
    filter: { year, org, status: ["approved"] },
    language: locale,
    unit,
    chain: checkpoint && {
      root: checkpoint.origin,
      length: Number(checkpoint.size),
      head: checkpoint.head,
    },
    files: made.map(({ name, bytes, sha256 }) => ({ name, bytes, sha256 })),
  });
  return Promise.resolve(one(new TextEncoder().encode(text)));
};

const MAKERS: Readonly<Record<PackFileName, Maker>> = {
  "summary.xlsx": summary,
  "summary.pdf": paper,
  "ledger.csv": ledger("csv"),
  "ledger.xlsx": ledger("xlsx"),
  "narrative.docx": narrative(narrativeDocx),
  "narrative.txt": narrative(narrativeTxt),
  "checkpoint.txt": note,
  "manifest.json": manifest,
};

/** Out of its stamp alone; no clock, no chance. */
export const makerOf = (name: PackFileName): Maker => MAKERS[name];

import "server-only";
import { summarySheets } from "@/lib/features/files/paper";
import { getLedgerFile } from "@/lib/features/files/queries";
import { narrativeText } from "@/lib/features/narratives/present";
import { getNarrative } from "@/lib/features/narratives/queries";
import { summaryTable } from "@/lib/features/summary/present";
import { getYearSummary } from "@/lib/features/summary/queries";
import type { Actor } from "@/lib/kernel/actor";
import { checkpointLine, checkpointText, type Checkpoint } from "@/lib/kernel/checkpoint";
import { FILE_TYPES } from "@/lib/kernel/file-format";
import { civilDateInChina } from "@/lib/kernel/fiscal-year";
import type { Scope } from "@/lib/kernel/scope";
import { cardSayings } from "@/lib/platform/card-words";
import { signCheckpointText } from "@/lib/platform/checkpoint";
import { inJob, sql, type JobRun, type Reader } from "@/lib/platform/db";
import { manifestText } from "@/lib/platform/pack-manifest";
import { textFile, workbookFile } from "@/lib/platform/spreadsheet";
import type { PackFileName, PackStamp, WholeFile } from "./types";

const TEXT = "text/plain; charset=utf-8";
export const PACK_TYPES: Readonly<Record<PackFileName, string>> = {
  "summary.xlsx": FILE_TYPES.xlsx,
  "ledger.csv": FILE_TYPES.csv,
  "ledger.xlsx": FILE_TYPES.xlsx,
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

const summary: Maker = async (making) => {
  const { db, scope, stamp } = making;
  const { year, org, seq, locale, unit, asOf } = stamp;
  const created = new Date(asOf);
  const found = await getYearSummary({
    ...{ db, scope, year, org },
    today: civilDateInChina(created),
    stamp: { seq },
  });
  const plain = summaryTable(found, { locale, unit, ...cardSayings(locale) });
  const line = printed(making);
  const table = line ? { ...plain, notes: [...plain.notes, checkpointLine(line, locale)] } : plain;
  const sheets = summarySheets(table, { locale, unit });
  return one(await workbookFile(sheets, { title: table.title, created }));
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

const narrative: Maker = async ({ db, scope, stamp }) => {
  const { year, org, seq, locale } = stamp;
  const { narrative: told } = await getNarrative({
    ...{ db, scope },
    query: { year, org, seq, lang: locale, length: "long" },
  });
  // Notepad of older Windows shows a text of bare line feeds in one line
  return one(textFile([narrativeText(told).text.replaceAll("\n", "\r\n")]));
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
  "ledger.csv": ledger("csv"),
  "ledger.xlsx": ledger("xlsx"),
  "narrative.txt": narrative,
  "checkpoint.txt": note,
  "manifest.json": manifest,
};

/** Out of its stamp alone; no clock, no chance. */
export const makerOf = (name: PackFileName): Maker => MAKERS[name];

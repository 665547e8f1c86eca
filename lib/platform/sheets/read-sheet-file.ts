import "server-only";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { AppError } from "@/lib/kernel/app-error";
import type { SheetFile } from "@/lib/kernel/sheet-file";
import { turnstile } from "../turnstile";
import { LIMITS } from "./limits";
import type { Answered, Asked } from "./reading";

const CONDITIONS = ["--conditions=react-server"];
/** What one file may take; the largest table that the limits let pass needs less than 96 MB. */
const MOST = { ms: 30_000, megabytes: 128 };

/** One file at a time: together they would need what each of them may have. */
const inTurn = turnstile(1, 20);

function refused(key: string, values: Record<string, string | number> = {}): AppError {
  return new AppError("VALIDATION", { fieldErrors: { file: [{ key, values }] } });
}

/** The sources, as the worker process itself runs them: the web server, which has a bundle, reads no files. */
function thread(asked: Asked, megabytes: number): Worker {
  const source = pathToFileURL(join(process.cwd(), "lib/platform/sheets/reading.ts")).href;
  const resourceLimits = { maxOldGenerationSizeMb: megabytes, maxYoungGenerationSizeMb: 12 };
  return new Worker(
    `import("tsx/esm/api").then(({ register }) => { register(); return import(${JSON.stringify(source)}); });`,
    { eval: true, workerData: asked, resourceLimits, execArgv: CONDITIONS, env: {} },
  );
}

const outOfMemory = (error: unknown): boolean =>
  error instanceof Error && "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY";

async function read(asked: Asked, { ms, megabytes }: typeof MOST): Promise<SheetFile> {
  const worker = thread(asked, megabytes);
  try {
    const answered = await new Promise<Answered>((answer, fail) => {
      worker.once("message", answer);
      worker.once("error", fail);
      worker.once("exit", () => fail(new Error("the reader ended without an answer")));
      setTimeout(() => fail(refused("sheetSlow")), ms).unref();
    });
    if ("file" in answered) return answered.file;
    if ("refused" in answered) throw refused(answered.refused.key, answered.refused.values);
    throw answered.failed;
  } catch (error) {
    throw outOfMemory(error) ? refused("sheetTooMuch") : error;
  } finally {
    await worker.terminate();
  }
}

/**
 * Reads a table that somebody uploaded, in a thread with its own memory and time, by what the file holds and
 * not by its name. What is not read is refused as VALIDATION of `file`, with the sentence that says why.
 */
export function readSheetFile(
  bytes: Uint8Array,
  { name, most = MOST }: { name: string; most?: typeof MOST },
): Promise<SheetFile> {
  if (bytes.length > LIMITS.fileBytes)
    return Promise.reject(refused("sheetTooBig", { max: LIMITS.fileBytes / 1024 / 1024 }));
  return inTurn(() => read({ bytes, name }, most));
}

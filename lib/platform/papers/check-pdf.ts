import "server-only";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { turnstile } from "../turnstile";

/** Named in next.config.ts, which carries it beside the built server. */
const CHECKER = "lib/platform/papers/pdf-faults.mjs";
const MOST_MS = 15_000;
const MOST_MEGABYTES = 256;

/** One at a time: together they would need what each of them may have. */
const inTurn = turnstile(1, 20);

const outOfMemory = (error: unknown): boolean =>
  error instanceof Error && "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY";

async function ask(pdf: Uint8Array): Promise<string | null> {
  const worker = new Worker(pathToFileURL(join(process.cwd(), CHECKER)), {
    workerData: { pdf },
    resourceLimits: { maxOldGenerationSizeMb: MOST_MEGABYTES, maxYoungGenerationSizeMb: 16 },
    execArgv: [],
    env: {},
  });
  try {
    return await new Promise<string | null>((answer, fail) => {
      worker.once("message", answer);
      worker.once("error", fail);
      worker.once("exit", () => fail(new Error("the check ended without an answer")));
      setTimeout(() => answer("pdfTooMuch"), MOST_MS).unref();
    });
  } catch (error) {
    if (outOfMemory(error)) return "pdfTooMuch";
    throw error;
  } finally {
    await worker.terminate();
  }
}

/** Why a PDF is not taken, as the key of a sentence; null where nothing in it acts. In a thread with its own memory. */
export const faultOfPdf = (pdf: Uint8Array): Promise<string | null> => inTurn(() => ask(pdf));

// A thread of its own, with memory of its own: what a hostile file does, it does here.
import { parentPort, workerData } from "node:worker_threads";
import type { SheetFile } from "@/lib/kernel/sheet-file";
import { Refusal } from "./refusal";
import { readFile } from "./read";

export type Asked = { bytes: Uint8Array; name: string };
export type Answered =
  | { file: SheetFile }
  | { refused: { key: string; values: Record<string, string | number> } }
  | { failed: unknown };

async function answer({ bytes, name }: Asked): Promise<Answered> {
  try {
    return {
      file: await readFile(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), name),
    };
  } catch (error) {
    if (error instanceof Refusal) return { refused: { key: error.key, values: error.values } };
    return { failed: error };
  }
}

parentPort?.postMessage(await answer(workerData as Asked));

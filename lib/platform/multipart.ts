import "server-only";
import { AppError } from "@/lib/kernel/app-error";
import type { StreamedBody } from "@/lib/kernel/contract";
import { isStorable } from "@/lib/kernel/typed-text";

/** One field or file of a form, on its way: read it to its end before asking for the next. */
export type Part = {
  readonly name: string;
  /** Null of a field that is no file. As the sender calls it: never a path of ours. */
  readonly filename: string | null;
  readonly contentType: string;
  readonly bytes: AsyncIterable<Uint8Array>;
};

const MAX_HEADER_BYTES = 8 * 1024;
const MAX_PARTS = 200;

function malformed(): AppError {
  return new AppError("VALIDATION", { fieldErrors: { body: [{ key: "multipart" }] } });
}

/** What has arrived and nobody has taken yet: never more than one chunk and the length of a mark. */
class Arriving {
  private held: Buffer = Buffer.from("\r\n");
  private readonly source: AsyncIterator<Uint8Array>;

  constructor(bytes: AsyncIterable<Uint8Array>) {
    this.source = bytes[Symbol.asyncIterator]();
  }

  private async more(): Promise<void> {
    const { done, value } = await this.source.next();
    if (done) throw malformed();
    this.held = Buffer.concat([this.held, value]);
  }

  async take(length: number): Promise<Buffer> {
    while (this.held.length < length) await this.more();
    const taken = this.held.subarray(0, length);
    this.held = this.held.subarray(length);
    return taken;
  }

  /** Everything before the mark, as it comes; the mark itself is passed over. */
  async *until(mark: Buffer): AsyncGenerator<Uint8Array> {
    for (;;) {
      const at = this.held.indexOf(mark);
      const ready = at >= 0 ? at : Math.max(0, this.held.length - mark.length + 1);
      if (ready > 0) yield await this.take(ready);
      if (at >= 0) return void (await this.take(mark.length));
      await this.more();
    }
  }
}

async function wholeText(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of bytes) {
    size += chunk.byteLength;
    if (size > MAX_HEADER_BYTES) throw malformed();
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks).toString("utf8");
  if (!isStorable(text)) throw malformed();
  return text;
}

const parameter = (header: string, name: string): string | null => {
  const found = new RegExp(`;\\s*${name}="((?:[^"\\\\]|\\\\.)*)"`, "i").exec(header)?.[1];
  // Browsers write what would end the quotes or the line in percent signs.
  return found?.replace(/%(22|0D|0A)/gi, (code) => decodeURIComponent(code)) ?? null;
};

function headersOf(text: string): Omit<Part, "bytes"> {
  const lines = text.split("\r\n").map((line) => line.split(/:\s*(.*)/s));
  const header = (name: string) => lines.find(([key]) => key?.toLowerCase() === name)?.[1];
  const disposition = header("content-disposition") ?? "";
  const name = parameter(disposition, "name");
  if (!/^form-data\b/i.test(disposition) || name === null) throw malformed();
  const filename = parameter(disposition, "filename");
  return { name, filename, contentType: header("content-type") ?? "text/plain" };
}

/** The parts of a form as they arrive; what its receiver leaves of one is passed over. */
export async function* partsOf({ contentType, bytes }: StreamedBody): AsyncGenerator<Part> {
  const [, quoted, plain] = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType) ?? [];
  const boundary = quoted ?? plain ?? "";
  if (boundary === "" || boundary.length > 70) throw malformed();
  const arriving = new Arriving(bytes);
  const mark = Buffer.from(`\r\n--${boundary}`);
  const pass = async (rest: AsyncIterator<Uint8Array>) => {
    while (!(await rest.next()).done);
  };
  await pass(arriving.until(mark));
  for (let n = 0; n < MAX_PARTS; n++) {
    const end = (await arriving.take(2)).toString("latin1");
    if (end === "--") return;
    if (end !== "\r\n") throw malformed();
    const headers = headersOf(await wholeText(arriving.until(Buffer.from("\r\n\r\n"))));
    const content = arriving.until(mark);
    // Not with `for await` alone: leaving that would end the generator where the part is half passed.
    yield { ...headers, bytes: { [Symbol.asyncIterator]: () => ({ next: () => content.next() }) } };
    await pass(content);
  }
  throw malformed();
}

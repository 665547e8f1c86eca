import { describe, expect, it } from "vitest";
import { partsOf } from "./multipart";

const LINE = "\r\n";
const part = (headers: string, content: string) =>
  `--mark${LINE}${headers}${LINE}${LINE}${content}${LINE}`;
const FIELD = 'Content-Disposition: form-data; name="note"';
const FILE = `Content-Disposition: form-data; name="list"; filename="发放%22表.csv"${LINE}Content-Type: text/csv`;

/** As a slow network brings it: so many bytes at a time. */
async function* inPieces(text: string, size: number) {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function read(text: string, size = 7, contentType = 'multipart/form-data; boundary="mark"') {
  const parts = [];
  for await (const { bytes, ...headers } of partsOf({ contentType, bytes: inPieces(text, size) })) {
    const chunks = [];
    for await (const chunk of bytes) chunks.push(chunk);
    parts.push({ ...headers, text: Buffer.concat(chunks).toString() });
  }
  return parts;
}

const FORM = `${part(FIELD, "一\r\n--mar")}${part(FILE, "")}--mark--${LINE}`;

describe("a form of several parts", () => {
  it("is told apart wherever the network cuts it", async () => {
    for (const size of [1, 2, 3, 7, 64, 10_000])
      expect(await read(FORM, size)).toEqual([
        { name: "note", filename: null, contentType: "text/plain", text: "一\r\n--mar" },
        { name: "list", filename: '发放"表.csv', contentType: "text/csv", text: "" },
      ]);
  });

  it("goes on with the next part where one is left unread", async () => {
    const names = [];
    const bytes = inPieces(FORM, 5);
    for await (const { name, bytes: content } of partsOf({
      contentType: "multipart/form-data; boundary=mark",
      bytes,
    })) {
      names.push(name);
      // a reader who has seen enough of a part goes on to the next
      const pieces = content[Symbol.asyncIterator]();
      await pieces.next();
      await pieces.return?.();
    }
    expect(names).toEqual(["note", "list"]);
  });

  it("holds no more than has just arrived", async () => {
    let [sent, most] = [0, 0];
    async function* large() {
      yield Buffer.from(`--mark${LINE}${FILE}${LINE}${LINE}`);
      for (let n = 0; n < 500; n++) {
        sent += 65_536;
        yield Buffer.alloc(65_536, "x");
      }
      yield Buffer.from(`${LINE}--mark--`);
    }
    let received = 0;
    for await (const { bytes } of partsOf({
      contentType: "multipart/form-data; boundary=mark",
      bytes: large(),
    }))
      // prettier-ignore
      for await (const chunk of bytes) {
        received += chunk.byteLength;
        most = Math.max(most, sent - received);
      }
    expect(received).toBe(500 * 65_536);
    expect(most).toBeLessThan(2 * 65_536);
  });

  it("is refused where it is torn, endless in its headers, or says nothing of itself", async () => {
    const torn = FORM.slice(0, -12);
    const nameless = `${part("Content-Type: text/plain", "x")}--mark--`;
    const endless = `--mark${LINE}${"X: y\r\n".repeat(3_000)}`;
    const crowd = `${part(FIELD, "").repeat(300)}--mark--`;
    for (const text of [torn, nameless, endless, crowd, "no mark at all", `--mark${LINE}`])
      await expect(read(text, 1_000)).rejects.toMatchObject({ code: "VALIDATION" });
    await expect(read(FORM, 7, "multipart/form-data")).rejects.toMatchObject({
      code: "VALIDATION",
    });
  });
});

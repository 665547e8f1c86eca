import { crc32, inflateRawSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { zipped, type ZipPart } from "./zip";

async function bytesOf(parts: ZipPart[]): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of zipped(parts)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** What the directory at the end says of each part, and the content it points to. */
function read(archive: Buffer) {
  const end = archive.length - 22;
  expect(archive.readUInt32LE(end)).toBe(0x06054b50);
  let at = archive.readUInt32LE(end + 16);
  return Array.from({ length: archive.readUInt16LE(end + 10) }, () => {
    const [crc, packed, plain] = [16, 20, 24].map((n) => archive.readUInt32LE(at + n)) as [number, number, number]; // prettier-ignore
    const name = archive.toString("utf8", at + 46, at + 46 + archive.readUInt16LE(at + 28));
    const from = archive.readUInt32LE(at + 42) + 30 + Buffer.byteLength(name);
    const content = inflateRawSync(archive.subarray(from, from + packed));
    expect([content.length, crc32(content)]).toEqual([plain, crc]);
    at += 46 + Buffer.byteLength(name);
    return [name, content.toString("utf8")];
  });
}

describe("an archive", () => {
  it("holds its parts by name, to the byte", async () => {
    const long = "台账 0123456789\n".repeat(50_000);
    const archive = await bytesOf([
      { name: "单/一.xml", text: ["甲", "", "乙"] },
      { name: "long.xml", text: [long, long] },
      { name: "empty.xml", text: [] },
    ]);
    expect(read(archive)).toEqual([
      ["单/一.xml", "甲乙"],
      ["long.xml", long + long],
      ["empty.xml", ""],
    ]);
  });

  it("fails where a part fails, and asks for no further one", async () => {
    async function* failing() {
      yield "begun";
      throw new Error("the line is gone");
    }
    const asked: string[] = [];
    function* parts(): Generator<ZipPart> {
      for (const name of ["a", "b"]) {
        asked.push(name);
        yield { name, text: failing() };
      }
    }
    const whole = async () => {
      for await (const chunk of zipped(parts())) expect(chunk.length).toBeGreaterThan(0);
    };
    await expect(whole()).rejects.toThrow("the line is gone");
    expect(asked).toEqual(["a"]);
  });

  it("lets its source go when the reader leaves", async () => {
    let ended = false;
    async function* endless() {
      try {
        for (;;) yield Math.random().toString().repeat(10_000);
      } finally {
        ended = true;
      }
    }
    const archive = zipped([{ name: "a", text: endless() }]);
    await archive.next();
    await archive.next();
    await archive.return(undefined);
    await expect.poll(() => ended).toBe(true);
  });
});

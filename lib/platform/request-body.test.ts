import { describe, expect, it } from "vitest";
import { MAX_BODY_BYTES, readBytes, readJson } from "./request-body";

const JSON_TYPE = { "content-type": "application/json" };

function send(body: BodyInit, headers: Record<string, string> = JSON_TYPE): Request {
  return new Request("http://nuanzhang.test", { method: "POST", body, headers });
}

const fault = (body: BodyInit) =>
  readJson(send(body)).then(
    () => "taken",
    (error: { fieldErrors?: { body?: { key: string }[] } }) => error.fieldErrors?.body?.[0]?.key,
  );

const nested = (depth: number) => '{"a":'.repeat(depth) + "1" + "}".repeat(depth);

describe("readJson", () => {
  it("takes JSON in UTF-8, whatever its parameters' case", async () => {
    const type = { "content-type": 'Application/JSON; Charset="UTF-8"' };
    await expect(readJson(send('{"名":"暖账"}', type))).resolves.toEqual({ 名: "暖账" });
  });

  it("refuses what is not UTF-8, even where it would parse", async () => {
    expect(await fault(new Uint8Array([0x22, 0xff, 0x22]))).toBe("json");
  });

  it("refuses what cannot be stored", async () => {
    expect(await fault('["a\\u0000"]')).toBe("characters");
    expect(await fault('["\\ud83d"]')).toBe("characters");
    expect(await fault('["\\ud83d\\ude00"]')).toBe("taken");
  });

  it("refuses what is no character, on every plane", async () => {
    for (const text of ["\ufffe", "a\uffff", "\u{1fffe}", "b\u{1ffff}", "\u{10fffe}", "\u{10ffff}"])
      expect(await fault(JSON.stringify([text]))).toBe("characters");
    for (const text of ["\ufffd", "\u{1fffd}", "\u{20000}"])
      expect(await fault(JSON.stringify([text]))).toBe("taken");
  });

  it("refuses names that reach into objects", async () => {
    for (const key of ["__proto__", "constructor", "prototype", "a\\u0000"])
      expect(await fault(`{"x":[{"${key}":1}]}`)).toBe("json");
  });

  it("bounds depth and number", async () => {
    expect(await fault(nested(8))).toBe("taken");
    expect(await fault(nested(30))).toBe("jsonDepth");
    expect(await fault(`[${"1,".repeat(60_000)}1]`)).toBe("jsonDepth");
  });

  it("takes as many values as a longer body has room for, and no more", async () => {
    const many = (count: number) => send(`[${"1,".repeat(count)}1]`);
    const TEN_MB = 10 * 1024 * 1024;
    await expect(readJson(many(120_000), TEN_MB)).resolves.toHaveLength(120_001);
    await expect(readJson(many(300_000), TEN_MB)).rejects.toThrow();
  });
});

describe("readBytes", () => {
  it("counts what arrives, not what was announced", async () => {
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new Uint8Array(64 * 1024)),
    });
    const request = new Request("http://nuanzhang.test", {
      method: "POST",
      body: endless,
      duplex: "half",
      headers: { "content-length": "5" },
    } as RequestInit);
    await expect(readBytes(request, MAX_BODY_BYTES)).rejects.toMatchObject({
      code: "PAYLOAD_TOO_LARGE",
    });
  });
});

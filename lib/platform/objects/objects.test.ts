import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { FRAME_BYTES, freshFileKey, openFrames, sealedLength, sealFrames } from "./frames";
import type * as Store from "./store";

const whole = async (body: AsyncIterable<Uint8Array>) => {
  const pieces: Uint8Array[] = [];
  for await (const piece of body) pieces.push(piece);
  return Buffer.concat(pieces);
};
const made = (bytes: number) => Buffer.alloc(bytes, "凭证abc");
/** In pieces of no particular length. */
async function* broken(bytes: Buffer) {
  for (let at = 0; at < bytes.length; at += 70_001) yield bytes.subarray(at, at + 70_001);
}

describe("frames", () => {
  const file = freshFileKey("one");
  test.each([0, 1, FRAME_BYTES - 1, FRAME_BYTES, FRAME_BYTES + 1, 3 * FRAME_BYTES])(
    "%i bytes come back as they were",
    async (bytes) => {
      const sealed = await whole(sealFrames(file, broken(made(bytes))));
      expect(sealed.length).toBe(sealedLength(bytes));
      expect((await whole(openFrames(file, broken(sealed)))).equals(made(bytes))).toBe(true);
    },
  );

  const length = FRAME_BYTES + 16;
  const sealed = () => whole(sealFrames(file, broken(made(2 * FRAME_BYTES + 5))));
  test.each<[string, (bytes: Buffer) => Buffer]>([
    ["cut off between frames", (bytes) => bytes.subarray(0, 2 * length)],
    ["cut off within a frame", (bytes) => bytes.subarray(0, 100)],
    ["frames that changed places", (bytes) => Buffer.concat([bytes.subarray(length, 2 * length), bytes.subarray(0, length), bytes.subarray(2 * length)])], // prettier-ignore
    ["one bit", (bytes) => Buffer.concat([bytes.subarray(0, 9), Buffer.from([(bytes[9] ?? 0) ^ 1]), bytes.subarray(10)])], // prettier-ignore
    ["nothing at all", () => Buffer.alloc(0)],
  ])("what is not whole is not opened: %s", async (_, harm) => {
    await expect(whole(openFrames(file, broken(harm(await sealed()))))).rejects.toMatchObject({ why: "damaged" }); // prettier-ignore
  });

  test("another file's key, or another file's name, opens nothing", async () => {
    const bytes = await sealed();
    for (const other of [freshFileKey("one"), { ...file, id: "two" }])
      await expect(whole(openFrames(other, broken(bytes)))).rejects.toMatchObject({ why: "damaged" }); // prettier-ignore
  });
});

const home = mkdtempSync(join(tmpdir(), "nuanzhang-objects-"));
const places: Record<string, Record<string, string>> = { folder: { NUANZHANG_OBJECTS: home } };
let close: () => unknown = () => undefined;

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const address = server.address();
  await new Promise((done) => server.close(done));
  return typeof address === "object" && address ? address.port : 0;
}

beforeAll(async () => {
  const { default: S3rver } = await import("s3rver");
  const port = await freePort();
  const server = new S3rver({
    port,
    address: "127.0.0.1",
    silent: true,
    directory: join(home, "s3"),
    configureBuckets: [{ name: "evidence", configs: [] }],
  });
  await server.run();
  close = () => server.close();
  places["bucket"] = {
    NUANZHANG_S3_ENDPOINT: `http://127.0.0.1:${port}`,
    NUANZHANG_S3_BUCKET: "evidence",
    NUANZHANG_S3_ACCESS_KEY: "S3RVER",
    NUANZHANG_S3_SECRET_KEY: "S3RVER",
  };
});
afterAll(() => {
  // not waited for: the client keeps its connections
  close();
  rmSync(home, { recursive: true });
});

describe.each(["folder", "bucket"])("a store: %s", (kind) => {
  let store: typeof Store;
  beforeAll(async () => {
    process.env["DATABASE_URL"] ??= "postgresql://nobody@localhost/none";
    process.env["NEXTAUTH_SECRET"] ??= "a secret for tests alone, 32 bytes or more";
    process.env["NUANZHANG_CHECKPOINT_KEY"] ??= "a key for tests alone, 32 bytes or more";
    for (const name of Object.keys({ ...places["folder"], ...places["bucket"] }))
      delete process.env[name];
    Object.assign(process.env, places[kind]);
    vi.resetModules();
    store = await import("./store");
  });
  const names = async (prefix: string) => {
    const found: string[] = [];
    for await (const page of store.listObjects(prefix, 3)) found.push(...page);
    return found;
  };

  test.each([0, 1, 300_000, 1_000_000])("keeps %i bytes and gives them back", async (bytes) => {
    const file = freshFileKey(crypto.randomUUID());
    const kept = await store.putAside(file, broken(made(bytes)), bytes);
    expect(kept.bytes).toBe(bytes);
    const key = store.objectKey("ev", file.id);
    await store.moveInto(kept.aside, key);
    expect(await store.digestAt(key, file)).toEqual({ bytes, sha256: kept.sha256 });
    expect(await names("ev/")).toContain(key);
    expect(await names("tmp/")).toEqual([]);
    expect(await store.writtenAt(key)).toBeInstanceOf(Date);
    await store.dropObject(key);
    await expect(store.digestAt(key, file)).rejects.toMatchObject({ why: "missing" });
  });

  test("keeps what nobody knows the length of", async () => {
    const file = freshFileKey(crypto.randomUUID());
    const { aside, bytes } = await store.putAside(file, broken(made(700_000)));
    expect(bytes).toBe(700_000);
    await store.dropObject(aside);
  });

  test("of what breaks off on the way nothing is left", async () => {
    const file = freshFileKey(crypto.randomUUID());
    async function* breaking() {
      yield made(400_000);
      throw new Error("the line is dead");
    }
    await expect(store.putAside(file, breaking(), 600_000)).rejects.toThrow();
    expect(await names("tmp/")).toEqual([]);
    expect(await names("nowhere/")).toEqual([]);
  });
});

test("nothing of what is in a file lies in the folder", async () => {
  for (const name of Object.keys(places["bucket"] ?? {})) delete process.env[name];
  Object.assign(process.env, places["folder"]);
  vi.resetModules();
  const store = await import("./store");
  const file = freshFileKey(crypto.randomUUID());
  const { aside } = await store.putAside(file, Readable.from([Buffer.from("旦增标记甲")]));
  const path = join(home, aside);
  expect(readFileSync(path).includes("旦增标记甲")).toBe(false);
  writeFileSync(path, readFileSync(path).subarray(1));
  await expect(store.digestAt(aside, file)).rejects.toMatchObject({ why: "damaged" });
  expect(readdirSync(join(home, "tmp"))).toHaveLength(1);
});

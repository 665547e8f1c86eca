import { createCipheriv } from "node:crypto";
import { beforeEach, expect, test, vi } from "vitest";

const OLD = "an older key for tests alone of 32 bytes or more";
const NEW = "a newer key for tests alone of 32 bytes or more";
const PLACE = { table: "roster_lines", column: "name", row: "5f0e" } as const;

/** As a process that was started with these keys. */
async function withKeys(field: string, index = OLD) {
  vi.resetModules();
  vi.stubEnv("DATABASE_URL", "postgresql://nobody@nowhere/none");
  vi.stubEnv("NEXTAUTH_SECRET", OLD);
  vi.stubEnv("NUANZHANG_CHECKPOINT_KEY", OLD);
  vi.stubEnv("NUANZHANG_FIELD_KEYS", field);
  vi.stubEnv("NUANZHANG_INDEX_KEYS", index);
  return { ...(await import("./sealing")), ...(await import("./keys")) };
}
type Sealing = Awaited<ReturnType<typeof withKeys>>;
type SealedName = ReturnType<typeof seal>;
let box: Sealing;
const seal = (text: string) => box.seal(text, PLACE);
const bytesOf = (sealed: SealedName) => Buffer.from(sealed.slice(2), "hex");
const again = (bytes: Buffer) => `\\x${bytes.toString("hex")}` as SealedName;

beforeEach(async () => {
  box = await withKeys(OLD);
});

test("what was sealed opens where it stands, whatever signs it has", () => {
  for (const text of ["", "才让卓玛", "𠮷", "买买提·阿布", "639901198001010014", "字".repeat(300)])
    expect(box.open(seal(text), PLACE)).toBe(text);
});

test("moved to another table, column or row it opens nothing", () => {
  const sealed = seal("才让");
  for (const place of [{ table: "households" }, { column: "payee" }, { row: "5f0f" }])
    expect(() => box.open(sealed, { ...PLACE, ...place } as typeof PLACE)).toThrow("damaged");
});

test("every bit counts: version, key, nonce, text and tag", () => {
  const bytes = bytesOf(seal("才让"));
  for (let at = 0; at < bytes.length; at += 1) {
    const changed = Buffer.from(bytes);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(() => box.open(again(changed), PLACE), `byte ${at}`).toThrow(box.SealError);
  }
  for (const length of [0, 2, 17, bytes.length - 1])
    expect(() => box.open(again(bytes.subarray(0, length)), PLACE)).toThrow("damaged");
});

test("a tag of four bytes, made with the right key, is not enough", () => {
  const [key] = box.keysOf("FIELD");
  const nonce = Buffer.alloc(12, 7);
  const cipher = createCipheriv("aes-256-gcm", key.derived("seal"), nonce, { authTagLength: 4 });
  const text = Buffer.concat([cipher.update(Buffer.alloc(32)), cipher.final()]);
  const head = Buffer.concat([Buffer.from([1, 1]), Buffer.from(key.id, "hex"), nonce]);
  expect(() => box.open(again(Buffer.concat([head, text, cipher.getAuthTag()])), PLACE)).toThrow(
    "damaged",
  );
});

test("equal values are sealed differently, and the length tells no name from another", () => {
  expect(seal("才让")).not.toBe(seal("才让"));
  expect(seal("才让")).toHaveLength(seal("买买提·阿布").length);
});

test("an older key opens what it sealed, and seals nothing any more", async () => {
  const old = seal("才让");
  const [{ id: oldId }] = box.keysOf("FIELD");
  box = await withKeys(`${NEW}, ${OLD}`);
  expect(box.open(old, PLACE)).toBe("才让");
  const fresh = seal("才让");
  const [{ id }] = box.keysOf("FIELD");
  expect(bytesOf(fresh).subarray(2, 6).toString("hex")).toBe(id);
  expect(id).not.toBe(oldId);
  box = await withKeys(NEW);
  expect(box.open(fresh, PLACE)).toBe("才让");
  expect(() => box.open(old, PLACE)).toThrow("unknown-key");
});

test("what does not open says where it stands and nothing of what is in it", async () => {
  const sealed = seal("才让卓玛");
  box = await withKeys(NEW);
  let said = "";
  try {
    box.open(sealed, PLACE);
  } catch (error) {
    said = String(error);
  }
  expect(said).toContain("roster_lines.name of 5f0e");
  expect(said).not.toContain("才");
});

test("digests: equal values meet under each key at hand, other uses and other frames never", async () => {
  const [first] = box.digestsOf("identity", "cn", "639901198001010014");
  expect(first?.digest).toMatch(/^[0-9a-f]{64}$/);
  expect(box.digestsOf("identity", "c", "n639901198001010014")[0]).not.toEqual(first);
  expect(box.digestsOf("phone", "cn", "639901198001010014")[0]).not.toEqual(first);
  box = await withKeys(OLD, `${NEW},${OLD}`);
  expect(box.digestsOf("identity", "cn", "639901198001010014")[1]).toEqual(first);
});

test("a key that is missing or short is a sentence, not a key", async () => {
  for (const keys of ["", "short", `${NEW},short`]) {
    box = await withKeys(keys);
    expect(() => box.keysOf("FIELD")).toThrow("NUANZHANG_FIELD_KEYS");
  }
});

test("a commitment is opened by its nonce and fits nothing else", () => {
  const nonce = box.freshNonce();
  const said = box.commitmentOf(nonce, ["才让", "100"]);
  expect(box.commitmentOf(nonce, ["才让", "100"])).toBe(said);
  expect(box.commitmentOf(nonce, ["才让1", "00"])).not.toBe(said);
  expect(box.commitmentOf(box.freshNonce(), ["才让", "100"])).not.toBe(said);
});

test("a browser's key is of one person and one record, and told anew under each key at hand", async () => {
  const before = (await withKeys(OLD)).copyKeysOf("p", "1");
  const box = await withKeys(`${NEW},${OLD}`);
  const [newer, older] = box.copyKeysOf("p", "1");
  expect([older]).toEqual(before);
  expect(Buffer.from(newer?.key ?? "", "base64")).toHaveLength(32);
  const others = [box.copyKeysOf("p", "2"), box.copyKeysOf("q", "1"), box.copyKeysOf("p1", "")];
  expect(new Set([newer, ...others.map(([first]) => first)].map((one) => one?.key)).size).toBe(4);
});

import { randomBytes } from "node:crypto";
import { beforeEach, expect, test } from "vitest";
import {
  dropAllSealed,
  dropSealed,
  heldKeys,
  keepSealed,
  listSealed,
  openCopy,
  sealCopy,
  type SealedCopy,
} from "./sealed-copy";

const PERSON = "7b1f0c8e-0000-4000-8000-000000000001";
const TEXT = JSON.stringify([{ name: "才让卓玛", idNumber: "639901198002021238" }]);
const about = { subject: "12", writer: "w", title: "花名册", baseVersion: 3, at: "2026-11-27T00:00:00Z" }; // prettier-ignore
const keyFor = (...ids: string[]) => ids.map((id) => ({ id, key: randomBytes(32).toString("base64") })); // prettier-ignore

beforeEach(() => localStorage.clear());

async function sealed(keys: Awaited<ReturnType<typeof heldKeys>>): Promise<SealedCopy> {
  const copy = await sealCopy(keys, about, TEXT);
  if (!copy) throw new Error("there is a key");
  return copy;
}

test("what is kept names nobody, opens under its key, and goes when it is dropped", async () => {
  const keys = await heldKeys({ person: PERSON, keys: keyFor("aa", "bb") });
  const copy = await sealed(keys);
  expect(keepSealed(PERSON, copy)).toBe(true);
  const stored = JSON.stringify({ ...localStorage });
  for (const secret of ["才让", "6399", Buffer.from("才让").toString("base64").slice(0, 6)])
    expect(stored).not.toContain(secret);
  const [kept] = listSealed(PERSON, "12");
  expect(kept && (await openCopy(keys, kept))).toBe(TEXT);
  expect([listSealed(PERSON, "1"), listSealed("another")]).toEqual([[], []]);
  dropSealed(PERSON, copy);
  expect(localStorage).toHaveLength(0);
});

test("sealed under a key that was in use before, it opens as long as that one is handed out", async () => {
  const [older = { id: "", key: "" }, newer = { id: "", key: "" }] = keyFor("aa", "bb");
  const copy = await sealed(await heldKeys({ person: PERSON, keys: [older] }));
  const both = await heldKeys({ person: PERSON, keys: [newer, older] });
  expect(await openCopy(both, copy)).toBe(TEXT);
  expect(await openCopy(await heldKeys({ person: PERSON, keys: [newer] }), copy)).toBeNull();
});

test("moved to another person or record, or touched, it opens nothing", async () => {
  const given = keyFor("aa");
  const keys = await heldKeys({ person: PERSON, keys: given });
  const copy = await sealed(keys);
  const other = await heldKeys({ person: "another", keys: given });
  expect(await openCopy(other, copy)).toBeNull();
  expect(await openCopy(keys, { ...copy, subject: "13" })).toBeNull();
  expect(await openCopy(keys, { ...copy, text: `A${copy.text.slice(1)}`.replace(/^AA/, "BA") })).toBeNull(); // prettier-ignore
});

test("after somebody left, what a page had in hand of theirs is kept no more, until they are back", async () => {
  const given = { person: PERSON, keys: keyFor("aa") };
  const copy = await sealed(await heldKeys(given));
  keepSealed(PERSON, copy);
  keepSealed("another", copy);
  dropAllSealed(PERSON);
  expect(keepSealed(PERSON, copy)).toBe(false);
  expect([listSealed(PERSON).length, listSealed("another").length]).toEqual([0, 1]);
  await heldKeys(given);
  expect(keepSealed(PERSON, copy)).toBe(true);
});

test("a key cannot be read out again", async () => {
  const { keys } = await heldKeys({ person: PERSON, keys: keyFor("aa") });
  const [held] = keys;
  await expect(crypto.subtle.exportKey("raw", held?.key as CryptoKey)).rejects.toThrow();
});

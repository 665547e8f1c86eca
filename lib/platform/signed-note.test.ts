import { describe, expect, test } from "vitest";
import { openNote, publicKeyOf, signNote } from "./signed-note";

const SECRET = "a secret for this test alone, long enough";
const OTHER = "another secret of somebody else, long enough";
const text = "nuanzhang-checkpoint/1\n630000\n第二行\n";
const note = signNote(text, SECRET);
const key = publicKeyOf(SECRET);

describe("a signed note", () => {
  test("opens with the public half of the key that signed it", () => {
    expect(note.startsWith(`${text}\n— nuanzhang `)).toBe(true);
    expect(openNote(note, key)).toEqual({ text });
    expect(openNote(note, `  ${key}\n`)).toEqual({ text });
  });

  test("is the same every time, and says nothing of the secret", () => {
    expect(signNote(text, SECRET)).toBe(note);
    expect(key).toMatch(/^nuanzhang\+[0-9a-f]{8}\+[A-Za-z0-9+/]{44}$/);
  });

  test("opens with no other key", () => {
    expect(openNote(note, publicKeyOf(OTHER))).toEqual({ fault: "not-signed-by-it" });
  });

  test("shows one changed letter", () => {
    expect(openNote(note.replace("630000", "640000"), key)).toEqual({ fault: "signature-wrong" });
  });

  test("may bear the line of a second signer, in either order", () => {
    const second = signNote(text, OTHER).split("\n").at(-2) ?? "";
    expect(openNote(`${note}${second}\n`, key)).toEqual({ text });
    const first = note.split("\n").at(-2) ?? "";
    expect(openNote(`${text}\n${second}\n${first}\n`, key)).toEqual({ text });
    expect(openNote(`${text}\n${second}\n`, key)).toEqual({ fault: "not-signed-by-it" });
  });

  test.each([
    ["no note", "one line\n", key, "not-a-note"],
    ["no key", note, "nuanzhang+00000000+AAAA", "not-a-key"],
    ["a key whose id is not its own", note, key.replace(/\+[0-9a-f]{8}\+/, "+00000000+"), "not-a-key"], // prettier-ignore
  ])("tells %s", (_, given, by, fault) => {
    expect(openNote(given, by)).toEqual({ fault });
  });
});

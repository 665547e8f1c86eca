import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { soundOf, SOUNDS_FILE, soundsFile } from "./pinyin-sounds.mjs";

test("the sounds are those of the library; npm run pinyin brings them up to date", () => {
  expect(readFileSync(SOUNDS_FILE, "utf8")).toBe(soundsFile());
});

test("what people take for one another sounds alike", () => {
  expect([..."张章臧吕鲁英音"].map(soundOf)).toEqual([
    "zan",
    "zan",
    "zan",
    "lu",
    "lu",
    "yin",
    "yin",
  ]);
});

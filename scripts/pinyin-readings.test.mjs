import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { commonCharacters, FILE, readingsFile } from "./pinyin-readings.mjs";

test("the other readings are those of the library; npm run pinyin brings them up to date", () => {
  expect(readFileSync(FILE, "utf8")).toBe(readingsFile());
});

test("they are looked for in the common characters, all of them", () => {
  const characters = commonCharacters();
  expect([characters.length, characters[0], characters.at(-1)]).toEqual([3755, "啊", "座"]);
});

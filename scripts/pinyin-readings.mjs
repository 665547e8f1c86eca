import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { pinyin } from "pinyin-pro";
import { sortedUnder } from "../lib/kernel/pinyin-initials";

export const FILE = "lib/kernel/pinyin-readings.ts";

/** The 3,755 common characters: GB 2312's first level, rows 0xB0 to 0xD7, the last one not to its end. */
export function commonCharacters() {
  /** @type {number[]} */
  const bytes = [];
  for (let row = 0xb0; row <= 0xd7; row++)
    for (let cell = 0xa1; cell <= (row === 0xd7 ? 0xf9 : 0xfe); cell++) bytes.push(row, cell);
  return [...new TextDecoder("gb18030").decode(new Uint8Array(bytes))];
}

/** @param {string} character */
function otherInitials(character) {
  const readings = pinyin(character, { multiple: true, type: "array", toneType: "none" });
  const initials = new Set(readings.map((reading) => reading.charAt(0)));
  initials.delete(sortedUnder(character));
  return [...initials].join("");
}

const A_LINE = 20;

export function readingsFile() {
  const read = commonCharacters().flatMap((character) => {
    const others = otherInitials(character);
    return others === "" ? [] : [character + others];
  });
  const lines = Array.from({ length: Math.ceil(read.length / A_LINE) }, (_, n) =>
    read.slice(n * A_LINE, (n + 1) * A_LINE).join(" "),
  );
  return `/**
 * Common characters that are also read with another initial than the one they are sorted under: 行 xíng
 * and háng. Made by \`npm run pinyin\`.
 */
export const ALSO_READ = \`
${lines.map((line) => `  ${line}`).join("\n")}\`;
`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(FILE, readingsFile());

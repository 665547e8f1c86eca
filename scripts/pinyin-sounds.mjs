import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { pinyin } from "pinyin-pro";

export const SOUNDS_FILE = "lib/kernel/pinyin-sounds.ts";

/** The basic block: every sign that a registry printed before there were others, and most that it prints now. */
const FROM = 0x4e00;
const TO = 0x9fa5;

/** 张 and 章 sound alike, and what people take for one another when they listen: zh z, ng n. */
export function soundOf(/** @type {string} */ character) {
  return pinyin(character, { toneType: "none", v: true })
    .replace(/^([zcs])h/, "$1")
    .replace(/ng$/, "n")
    .replaceAll("v", "u");
}

const A_LINE = 100;

export function soundsFile() {
  /** @type {Map<string, string>} */
  const signs = new Map();
  for (let at = FROM; at <= TO; at++) {
    const character = String.fromCharCode(at);
    const sound = soundOf(character);
    if (/^[a-z]+$/.test(sound)) signs.set(sound, (signs.get(sound) ?? "") + character);
  }
  const words = [...signs].sort(([a], [b]) => (a < b ? -1 : 1)).map(([a, b]) => a + b);
  /** @type {string[]} */
  const lines = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last === undefined || last.length + word.length > A_LINE) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return `/**
 * Characters by their sound, as far as two that are taken for one another have one. Made by \`npm run pinyin\`.
 */
export const SOUNDS = \`
${lines.map((line) => `  ${line}`).join("\n")}\`;
`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(SOUNDS_FILE, soundsFile());

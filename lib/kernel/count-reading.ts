import { chineseNumber } from "./chinese-number";
import { COUNT_UNITS, COUNT_WORDS, type CountUnit } from "./counts";
import { isSeveral, visibleText } from "./typed-text";

const MAX_COUNT = 100_000_000;

export type CountReading =
  | { kind: "empty" }
  /** `about`: the text says 余 or 约, which a count cannot hold. `unit`: the one it names, if it names one of ours. */
  | { kind: "count"; count: number; about: boolean; unit: CountUnit | null }
  | { kind: "unread"; reason: "format" | "range" | "several" };

/** The longer word first: 人次 begins as 人 does. */
export const UNIT_WORDS: readonly (readonly [string, CountUnit])[] = [
  ...COUNT_UNITS.map((unit) => [COUNT_WORDS[unit], unit] as const),
  ["名", "persons"] as const,
  ["家企业", "employers"] as const,
  ["家单位", "employers"] as const,
  ["场次", "sessions"] as const,
  ["户家庭", "households"] as const,
  ["岗位", "posts"] as const,
  ["persons", "persons"] as const,
  ["people", "persons"] as const,
  ["households", "households"] as const,
  ["packs", "packs"] as const,
].sort(([one], [other]) => other.length - one.length);

/** What stands behind a number without saying which of our units it is. */
const MEASURE =
  /^(?:[个位张件套箱袋床盒包瓶桶台辆顶副双条本期批届次回天日月年]|个月|职工|人员|学生|家庭|群众|times|days|months|x)$/i;
const ABOUT = /^(?:约|大约|近|将近|超过|超|逾|不到|about |over |nearly )/i;

const NUMBER =
  /^(?<digits>\d[\d,]*(?:\.\d+)?|[〇零一二两三四五六七八九十百千]+)(?<wan>万|w)?(?<odd>[余多])?(?<word>.*)$/i;

function wholeOf(digits: string, wan: boolean): bigint | null {
  if (!/^\d/.test(digits)) {
    const words = chineseNumber(digits);
    return words === null ? null : words * (wan ? 10_000n : 1n);
  }
  if (/,(?!\d{3}(?!\d))|\d{4},|\.\d*,/.test(digits)) return null;
  const [whole = "", fraction = ""] = digits.replaceAll(",", "").split(".");
  const places = fraction.replace(/0+$/, "");
  if (places.length > (wan ? 4 : 0)) return null;
  return BigInt(whole + places.padEnd(wan ? 4 : 0, "0"));
}

/** Reads a count as clerks write it: 1,200 · 1200个 · 5300余张 · 19家单位 · 1.2万 · 十二户. */
export function readCount(text: string): CountReading {
  const visible = visibleText(text);
  if (visible === "") return { kind: "empty" };
  if (isSeveral(visible)) return { kind: "unread", reason: "several" };
  const core = visible.replace(ABOUT, "").replace(/(?:左右|上下)$/, "");
  const { digits, wan, odd, word = "" } = NUMBER.exec(core.replace(/\s/g, ""))?.groups ?? {};
  const unit = UNIT_WORDS.find(([name]) => name === word.toLowerCase())?.[1] ?? null;
  const count = digits === undefined ? null : wholeOf(digits, wan !== undefined);
  if (count === null || (word !== "" && unit === null && !MEASURE.test(word)))
    return { kind: "unread", reason: "format" };
  if (count > BigInt(MAX_COUNT)) return { kind: "unread", reason: "range" };
  const about = odd !== undefined || core !== visible;
  return { kind: "count", count: Number(count), about, unit };
}

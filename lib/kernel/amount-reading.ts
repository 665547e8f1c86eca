import { chineseDigit, chineseNumber } from "./chinese-number";
import { MAX_FEN, type MoneyUnit } from "./money";
import { isSeveral, visibleText } from "./typed-text";

type Unread = "format" | "precision" | "range" | "several";

export type AmountReading =
  | { kind: "empty" }
  /** `words`: as written, kept where the amount is only about right. */
  | { kind: "amount"; fen: bigint; estimated: boolean; words: string }
  | { kind: "unread"; reason: Unread };

export type AmountParse = { ok: true; fen: bigint } | { ok: false; reason: "empty" | Unread };

/** Words that make an amount an estimate, before it, after it, or between number and unit (61.58万余元). */
const ABOUT =
  /^(?:约合|约计|约为|大约|大概|约|将近|接近|近|超过|超|逾|不到|不足|[~≈〜]|(?:about|approximately|approx\.?|around|nearly|almost|over|under|ca\.)(?= |\d))/i;
const OR_SO = /(?:左右|上下|以上|以下|许|多|余| or so)$/i;
const AND_ODD = /(?<=[\d十百千万亿拾佰仟])[余多](?=[千百]?[万亿]?(?:元|圆|块钱?|人民币)?$)/;

const CURRENCY = /^(?:人民币|rmb|cny|¥)|(?:人民币|rmb|cny)$/gi;
/** The amount in yuan, then what is left of it in jiao and fen, then 整. */
const IN_YUAN =
  /^(?:(?<yuan>.+?)(?<said>元|圆|块钱?|yuan))?零?(?:(?<jiao>[^零])角)?零?(?:(?<fen>[^零])分)?[整正]?$/i;

/** A comma groups thousands and nothing else: "1,5" is as likely meant to be 1.5, so it is no number. */
const MISPLACED_COMMA = /,(?!\d{3}(?!\d))|(?:^|[^\d]),|\d{4},|\.\d*,/;

/** The power of ten of a unit, in fen. */
const EXPONENTS: Record<string, number> = {
  十: 3,
  百: 4,
  千: 5,
  万: 6,
  w: 6,
  十万: 7,
  百万: 8,
  千万: 9,
  million: 8,
  亿: 10,
};
const TERM = /^(\d+(?:\.\d*)?|\.\d+)(十万|百万|千万|million|[十百千万亿w])?/i;

type Parsed = bigint | Exclude<Unread, "several">;

/** `digits` × 10^exponent fen, never by way of a float. */
function scaled(digits: string, exponent: number): Parsed {
  const [whole = "", fraction = ""] = digits.split(".");
  const places = fraction.replace(/0+$/, "");
  if (places.length > exponent) return "precision";
  return BigInt(whole + places) * 10n ** BigInt(exponent - places.length);
}

/** 61.58万 · 1亿2000万 · 3万5千: each part smaller than the unit before it. */
function arabic(text: string, plain: number, said: boolean): Parsed {
  let [rest, sum, above] = [text, 0n, Infinity];
  while (rest !== "") {
    const [taken = "", digits = "", unit = ""] = TERM.exec(rest) ?? [];
    rest = rest.slice(taken.length);
    const first = above === Infinity;
    const exponent = unit === "" ? (first ? plain : 2) : EXPONENTS[unit.toLowerCase()];
    // 3万5 may be 35,000 or 30,005: the last part names its unit, or the 元 does
    if (taken === "" || exponent === undefined || (!first && unit === "" && !said)) return "format";
    if (digits.includes(".") && rest !== "") return "format";
    const part = scaled(digits, exponent);
    if (typeof part === "string") return part;
    if (exponent >= above || (!first && part >= 10n ** BigInt(above))) return "format";
    sum += part;
    above = exponent;
  }
  return sum;
}

function inYuan(text: string, plain: number, said: boolean): Parsed {
  const clean = text.replace(/['’]/g, ",");
  if (MISPLACED_COMMA.test(clean)) return "format";
  const digits = clean.replaceAll(",", "");
  if (/^[\d.]/.test(digits)) return arabic(digits, plain, said);
  const words = chineseNumber(digits);
  if (words === null) return "format";
  return words * 10n ** BigInt(plain === 2 || /[万亿萬億]/.test(digits) ? 2 : plain);
}

function small(sign: string | undefined, worth: bigint): bigint | null {
  if (sign === undefined) return 0n;
  const digit = /^\d$/.test(sign) ? Number(sign) : chineseDigit(sign);
  return digit === null ? null : BigInt(digit) * worth;
}

function parsed(text: string, unit: MoneyUnit): Parsed {
  const plain = unit === "wan" ? 6 : 2;
  const { yuan, said, jiao, fen } = IN_YUAN.exec(text)?.groups ?? {};
  const [tenths, cents] = [small(jiao, 10n), small(fen, 1n)];
  if (tenths === null || cents === null) return "format";
  if (yuan === undefined)
    return jiao === undefined && fen === undefined ? inYuan(text, plain, false) : tenths + cents;
  const whole = inYuan(yuan, 2, said !== undefined);
  if (typeof whole === "string") return whole;
  // 1.5元3角 says the jiao twice
  if (whole % 100n !== 0n && tenths + cents > 0n) return "format";
  return whole + tenths + cents;
}

/**
 * Reads an amount as clerks write it: 1,332.50 · ¥200 · 61.58万 · 1.2亿 · 300块 · 叁佰元 · 约30万 ·
 * 61.58万余元. Without a unit it is `unit`. Refuses what can be read in two ways, what would be two
 * amounts, and more than the fen can hold (0.005), instead of guessing or rounding.
 */
export function readAmount(text: string, unit: MoneyUnit = "yuan"): AmountReading {
  const words = visibleText(text);
  if (words === "") return { kind: "empty" };
  if (isSeveral(words)) return { kind: "unread", reason: "several" };
  const core = words.replace(ABOUT, "").replace(OR_SO, "").replace(AND_ODD, "");
  const fen = parsed(core.replace(/\s/g, "").replace(CURRENCY, ""), unit);
  if (typeof fen === "string") return { kind: "unread", reason: fen };
  if (fen > MAX_FEN) return { kind: "unread", reason: "range" };
  return { kind: "amount", fen, estimated: core !== words, words };
}

/** Where only an exact amount will do. */
export function parseAmount(text: string, unit: MoneyUnit = "yuan"): AmountParse {
  const read = readAmount(text, unit);
  if (read.kind === "empty") return { ok: false, reason: "empty" };
  if (read.kind === "unread") return { ok: false, reason: read.reason };
  return read.estimated ? { ok: false, reason: "format" } : { ok: true, fen: read.fen };
}

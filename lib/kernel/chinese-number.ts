const ORDINARY: Record<string, string> = {
  〇: "零",
  壹: "一",
  贰: "二",
  貳: "二",
  两: "二",
  叁: "三",
  參: "三",
  肆: "四",
  伍: "五",
  陆: "六",
  陸: "六",
  柒: "七",
  捌: "八",
  玖: "九",
  拾: "十",
  佰: "百",
  仟: "千",
  萬: "万",
  億: "亿",
};
const DIGITS = "零一二三四五六七八九";
const STEPS = "千百十";

function ordinary(text: string): string {
  return [...text].map((sign) => ORDINARY[sign] ?? sign).join("");
}

/** 0–9 of one sign, ordinary or capital; null for anything else. */
export function chineseDigit(sign: string): number | null {
  const at = DIGITS.indexOf(ordinary(sign));
  return sign.length === 1 && at >= 0 ? at : null;
}

/** 二〇二六 → 2026: digits in a row, as years are written. */
export function chineseDigits(text: string): string | null {
  const digits = [...text].map(chineseDigit);
  return digits.length === 0 || digits.includes(null) ? null : digits.join("");
}

/** Below ten thousand. `led`: something larger stands before it. */
function section(text: string, led: boolean): bigint | null {
  let [value, step, gap] = [0n, -1, false];
  const signs = [...text];
  while (signs.length > 0) {
    if (signs[0] === "零") {
      if (gap || (step < 0 && !led)) return null;
      gap = true;
      signs.shift();
      continue;
    }
    // 十五 leaves its 一 out, but only at the very beginning
    const bare = signs[0] === "十" && step < 0 && !led;
    const digit = bare ? 1 : DIGITS.indexOf(signs.shift() ?? "");
    const next = STEPS.indexOf(signs[0] ?? "-");
    if (digit < 1 || (next >= 0 && next <= step)) return null;
    if (next < 0) {
      // 三百五 may be 350 or 305: a digit alone follows 十 or 零
      const alone = step < 0 ? !led || gap : step === 2 || gap;
      return signs.length === 0 && alone ? value + BigInt(digit) : null;
    }
    value += BigInt(digit) * 10n ** BigInt(3 - next);
    [step, gap] = [next, false];
    signs.shift();
  }
  return gap ? null : value;
}

function parts(text: string, led: boolean): bigint | null {
  for (const [word, worth] of [
    ["亿", 100_000_000n],
    ["万", 10_000n],
  ] as const) {
    const at = text.lastIndexOf(word);
    if (at < 0) continue;
    const [head, tail] = [text.slice(0, at), text.slice(at + 1)];
    const above = head === "" ? null : parts(head, led);
    const below = tail === "" ? 0n : parts(tail, true);
    if (above === null || above === 0n || below === null || below >= worth) return null;
    return above * worth + below;
  }
  return section(text, led);
}

/** 叁佰 · 三百零五 · 一亿二千万. Null where it cannot be read in one way only: 三百五, 几十, 一万二. */
export function chineseNumber(text: string): bigint | null {
  const plain = ordinary(text);
  if (plain === "零") return 0n;
  if (!/^[零一二三四五六七八九十百千万亿]+$/.test(plain)) return null;
  return parts(plain, false);
}

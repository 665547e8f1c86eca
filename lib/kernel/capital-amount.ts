const DIGITS = "零壹贰叁肆伍陆柒捌玖";
const UNITS = ["", "拾", "佰", "仟"];
const SECTIONS = ["", "万", "亿", "万亿"];

/** Four digits, e.g. 1005 → 壹仟零伍. Zero gives "". */
function section(digits: string): string {
  let text = "";
  let zero = false;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[i]);
    if (digit === 0) {
      zero = text !== "";
      continue;
    }
    text += (zero ? "零" : "") + DIGITS[digit] + UNITS[digits.length - 1 - i];
    zero = false;
  }
  return text;
}

function yuanInCapitals(yuan: string): string {
  const parts: string[] = [];
  for (let end = yuan.length; end > 0; end -= 4)
    parts.unshift(yuan.slice(Math.max(0, end - 4), end));
  let text = "";
  parts.forEach((part, index) => {
    const words = section(part);
    if (words === "") return;
    const gap = text !== "" && (part.startsWith("0") || section(parts[index - 1] ?? "") === "");
    text += (gap ? "零" : "") + words + SECTIONS[parts.length - 1 - index];
  });
  return text;
}

/**
 * 大写金额 as vouchers carry it (《支付结算办法》附一): 1332.50 yuan → 壹仟叁佰叁拾贰元伍角整.
 * @param fen integer fen; a negative amount is led by 负.
 */
export function capitalAmount(fen: bigint): string {
  if (fen === 0n) return "零元整";
  const size = fen < 0n ? -fen : fen;
  const yuan = yuanInCapitals((size / 100n).toString());
  const jiao = Number((size / 10n) % 10n);
  const cent = Number(size % 10n);
  let text = yuan === "" ? "" : `${yuan}元`;
  if (jiao > 0) text += `${DIGITS[jiao]}角`;
  else if (cent > 0 && yuan !== "") text += "零";
  text += cent > 0 ? `${DIGITS[cent]}分` : "整";
  return (fen < 0n ? "负" : "") + text;
}

/** Digits, their sign and where the point stands: 1234.5 is 12345 with one place. */
type Decimal = { digits: bigint; places: number };

/** What a program calls a number: 50616.000000000007, 1.5E-3. */
const NUMBER = /^(-?)(\d+)(?:\.(\d*))?(?:e([+-]?\d{1,3}))?$/i;
/** A spreadsheet keeps fifteen digits; the rest is noise of its arithmetic. */
const KEPT_DIGITS = 15;

function decimalOf(text: string): Decimal | null {
  const [, sign = "", whole = "", fraction = "", power = "0"] = NUMBER.exec(text) ?? [];
  if (whole === "") return null;
  const places = fraction.length - Number(power);
  const digits = BigInt(sign + whole + fraction);
  return places >= 0 ? { digits, places } : { digits: digits * 10n ** BigInt(-places), places: 0 };
}

/** Half away from zero, as spreadsheets show it. */
function roundedTo({ digits, places }: Decimal, wanted: number): Decimal {
  if (places <= wanted) return { digits: digits * 10n ** BigInt(wanted - places), places: wanted };
  const unit = 10n ** BigInt(places - wanted);
  const half = digits < 0n ? -unit / 2n : unit / 2n;
  return { digits: (digits + half) / unit, places: wanted };
}

function textOf({ digits, places }: Decimal): string {
  const size = (digits < 0n ? -digits : digits).toString().padStart(places + 1, "0");
  const [whole, fraction] = [size.slice(0, size.length - places), size.slice(size.length - places)];
  const kept = fraction.replace(/0+$/, "");
  return `${digits < 0n ? "-" : ""}${whole}${kept === "" ? "" : `.${kept}`}`;
}

function kept(decimal: Decimal): Decimal {
  const length = decimal.digits.toString().replace("-", "").length;
  return length <= KEPT_DIGITS
    ? decimal
    : roundedTo(decimal, Math.max(0, decimal.places - (length - KEPT_DIGITS)));
}

const SHOWN = /^[¥￥$]?\s*(-?[\d,]+)(?:\.(\d+))?$/;

/**
 * The number behind the one that is shown, in full: 64.123 is shown as 64. Null where it is another number than
 * the shown one, e.g. the serial number of a day, and where both are the same.
 */
export function numberBehind(shown: string, stored: string): string | null {
  const [, whole, fraction = ""] = SHOWN.exec(shown.trim()) ?? [];
  const number = decimalOf(stored);
  if (whole === undefined || number === null) return null;
  const seen = decimalOf(`${whole.replaceAll(",", "")}.${fraction}`);
  const full = kept(number);
  if (seen === null || roundedTo(full, fraction.length).digits !== seen.digits) return null;
  return textOf(full) === textOf(seen) ? null : textOf(full);
}

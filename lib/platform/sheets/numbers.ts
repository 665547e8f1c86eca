const NUMBER = /^([+-]?)(\d*)(?:\.(\d*))?(?:e([+-]?\d{1,4}))?$/i;
/** What a spreadsheet keeps of a number, and shows of it. */
const DIGITS = 15;
const FURTHEST = 400;

/** `text` × 10^places as plain decimal digits. */
function shifted(digits: string, places: number): string {
  if (places >= 0) return digits + "0".repeat(places);
  const whole = digits.padStart(1 - places, "0");
  const cut = whole.length + places;
  const fraction = whole.slice(cut).replace(/0+$/, "");
  return fraction === "" ? whole.slice(0, cut) : `${whole.slice(0, cut)}.${fraction}`;
}

/**
 * A number as a sheet stores it, as a spreadsheet shows it: 0.30000000000000004 is 0.3, 50616.000000000007 is
 * 50616. In decimals throughout: a float would add noise of its own. Null of what is no number.
 */
export function shownNumber(stored: string): { text: string; long: boolean } | null {
  const [found, sign = "", whole = "", fraction = "", power = "0"] =
    NUMBER.exec(stored.trim()) ?? [];
  const exponent = Number(power);
  if (found === undefined || whole + fraction === "" || Math.abs(exponent) > FURTHEST) return null;
  const digits = (whole + fraction).replace(/^0+/, "");
  if (digits === "") return { text: "0", long: false };
  let places = exponent - fraction.length;
  const magnitude = digits.length + places;
  let kept = digits;
  if (digits.length > DIGITS) {
    const up = digits.charAt(DIGITS) >= "5" ? 1n : 0n;
    kept = String(BigInt(digits.slice(0, DIGITS)) + up);
    places += digits.length - DIGITS;
  }
  const text = shifted(kept, places);
  return { text: sign === "-" ? `-${text}` : text, long: magnitude > DIGITS };
}

/** The number times a hundred, as text: what a cell shown in per cent says. */
export function perCent(shown: string): string {
  const [, sign = "", digits = ""] = /^(-?)(.*)$/.exec(shown) ?? [];
  const [whole = "", fraction = ""] = digits.split(".");
  const moved = shifted(`${whole}${fraction}`, 2 - fraction.length).replace(/^0+(?=\d)/, "");
  return `${sign}${moved}%`;
}

const DAY = 86_400_000;
/** The last day a sheet can say: 31 December 9999. */
const LAST = { false: 2_958_465, true: 2_957_003 } as const;

/** A serial day of the system of 1900 or of 1904. Null of what is no day: 60 is 29 February 1900, which never was. */
export function serialDay(shown: string, since1904: boolean): string | null {
  const serial = Math.floor(Number(shown));
  if (!(serial >= (since1904 ? 0 : 1) && serial <= LAST[`${since1904}`])) return null;
  if (!since1904 && serial === 60) return null;
  const origin = since1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, serial < 60 ? 31 : 30);
  return new Date(origin + serial * DAY).toISOString().slice(0, 10);
}

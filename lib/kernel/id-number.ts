import { visibleText } from "./typed-text";

/** 证件种类. The first three share length, check digit (GB 11643) and its alphabet. */
export const ID_KINDS = [
  "resident",
  "hmt-permit",
  "foreign-permanent",
  "passport",
  "other",
] as const;
export type IdKind = (typeof ID_KINDS)[number];

type IdFault =
  "idLength" | "idCheckDigit" | "idNoSuchDay" | "idInFuture" | "idOfACentury" | "idSigns";

export type IdNumber = {
  readonly kind: IdKind;
  /** As it is compared and kept: half width, capital letters, eighteen places where there were fifteen. */
  readonly number: string;
  /** Null where the number does not say. */
  readonly born: string | null;
  readonly sex: "male" | "female" | null;
};

export type ReadId =
  | { readonly id: IdNumber; readonly fault?: undefined }
  | { readonly fault: IdFault; readonly id?: undefined };

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS = "10X98765432";

/** The last sign that GB 11643 asks for after these seventeen digits. */
export function checkDigitOf(seventeen: string): string {
  const sum = WEIGHTS.reduce((all, weight, at) => all + weight * Number(seventeen[at]), 0);
  return CHECKS[sum % 11] ?? "";
}

/** Blanks and hyphens go, small letters rise; an O stays an O: nothing is guessed. */
const bareNumber = (typed: string): string =>
  visibleText(typed.normalize("NFKC"))
    .replace(/[\s\p{Pd}]/gu, "")
    .toUpperCase();

/** A day of the calendar, or none. */
function dayOf(digits: string): string | null {
  const [year, month, day] = [digits.slice(0, 4), digits.slice(4, 6), digits.slice(6, 8)];
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`);
  const text = `${year}-${month}-${day}`;
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text) ? text : null;
}

/** Digits seven to fourteen of these are a birthday; those of a foreigner's card stand otherwise. */
function readEighteen(kind: IdKind, number: string, today: string): ReadId {
  if (!/^\d{17}[\dX]$/.test(number)) return { fault: "idSigns" };
  if (checkDigitOf(number) !== number[17]) return { fault: "idCheckDigit" };
  if (kind === "foreign-permanent") return { id: { kind, number, born: null, sex: null } };
  const born = dayOf(number.slice(6, 14));
  if (born === null || born < "1850") return { fault: "idNoSuchDay" };
  if (born > today) return { fault: "idInFuture" };
  return { id: { kind, number, born, sex: Number(number[16]) % 2 === 1 ? "male" : "female" } };
}

/** 996–999 at the end of fifteen digits were given to people born a century earlier: that is asked, not guessed. */
const OF_CENTENARIANS = /99[6-9]$/;

function readFifteen(kind: IdKind, number: string, today: string): ReadId {
  if (!/^\d{15}$/.test(number)) return { fault: "idSigns" };
  if (OF_CENTENARIANS.test(number)) return { fault: "idOfACentury" };
  const seventeen = `${number.slice(0, 6)}19${number.slice(6)}`;
  return readEighteen(kind, seventeen + checkDigitOf(seventeen), today);
}

const PERMIT = /^(81|82|83)0000/;

/** What eighteen places say of their kind, where nobody said it. */
export function kindOf(typed: string): IdKind {
  const number = bareNumber(typed);
  if (/^\d{17}[\dX]$/.test(number)) {
    if (PERMIT.test(number)) return "hmt-permit";
    return number.startsWith("9") ? "foreign-permanent" : "resident";
  }
  return /^\d{15}$/.test(number) || /^\d+$/.test(number) ? "resident" : "passport";
}

/**
 * Reads a document's number. A right check digit proves no person, a wrong one is a slip. The region is not looked up:
 * people keep the number of a county that was renamed long ago.
 */
export function readIdNumber(typed: string, given: IdKind | null, today: string): ReadId {
  const number = bareNumber(typed);
  const kind = given ?? kindOf(number);
  switch (kind) {
    case "resident":
      if (number.length === 15) return readFifteen(kind, number, today);
      return number.length === 18 ? readEighteen(kind, number, today) : { fault: "idLength" };
    case "hmt-permit":
      return number.length === 18 ? readEighteen(kind, number, today) : { fault: "idLength" };
    case "foreign-permanent":
      if (number.length === 18) return readEighteen(kind, number, today);
      // before December 2023: three letters of a country and twelve digits
      return /^[A-Z]{3}\d{12}$/.test(number)
        ? { id: { kind, number, born: null, sex: null } }
        : { fault: "idLength" };
    case "passport":
      return /^[A-Z0-9]{5,12}$/.test(number)
        ? { id: { kind, number, born: null, sex: null } }
        : { fault: "idSigns" };
    case "other":
      return number.length >= 4 && number.length <= 40
        ? { id: { kind, number, born: null, sex: null } }
        : { fault: "idLength" };
  }
}

/** What is recognised: kinds whose numbers are of one series are one. */
export const seriesOf = (kind: IdKind): string =>
  kind === "resident" || kind === "hmt-permit" || kind === "foreign-permanent" ? "cn" : kind;

/** Three in front and four behind, so that two of a list can be told apart. */
export function maskedNumber(number: string): string {
  const [ahead, behind] = number.length > 10 ? [3, 4] : [1, 2];
  if (number.length <= ahead + behind) return "*".repeat(number.length);
  const hidden = number.length - ahead - behind;
  return `${number.slice(0, ahead)}${"*".repeat(hidden)}${number.slice(-behind)}`;
}

/** Numbers of people stand in the lines, and in no reason why they are looked at. */
export const withoutNumbers = (text: string): boolean =>
  !/\d{11}/.test(text.normalize("NFKC").replace(/[\s\p{Pd}]/gu, ""));

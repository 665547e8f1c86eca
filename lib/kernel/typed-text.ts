/** Marks without a shape, which pages and input methods leave in what is copied. */
const INVISIBLE = /[\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/g;
const FULL_WIDTH = /[\uFF01-\uFF5E]/g;

/**
 * What stands there to the eye, in half width. No compatibility folding: it would make 5² a 52 and ① a 1.
 * Tabs and line ends stay, because they stand between two cells; so do the other spaces inside.
 */
export function visibleText(text: string): string {
  return text
    .replace(INVISIBLE, "")
    .replace(FULL_WIDTH, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replaceAll("\uFFE5", "¥")
    .replaceAll("\u3000", " ")
    .trim();
}

/** A tab, a line end, or a space between two digits: an input turns the line ends of a paste into spaces. */
const DIVIDED = /[\t\n\v\f\r\u0085\u2028\u2029]|\d +[\d.]/;

/** 1200⇥3 or 100⏎200: two values, which are never one. */
export function isSeveral(visible: string): boolean {
  return DIVIDED.test(visible);
}

/** Neither a character nor ever to be one: U+FFFE and U+FFFF, and their like on every plane. */
const NO_CHARACTER = new RegExp(
  `[${Array.from({ length: 17 }, (_, plane) => `\\u{${plane.toString(16)}fffe}\\u{${plane.toString(16)}ffff}`).join("")}]`,
  "u",
);

/** Postgres keeps neither NUL nor half of a surrogate pair; no file of ours can carry what is no character. */
export function isStorable(text: string): boolean {
  return !text.includes("\u0000") && !/\p{Cs}/u.test(text) && !NO_CHARACTER.test(text);
}

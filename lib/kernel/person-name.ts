import { visibleText } from "./typed-text";

/** Between the parts of a name: Tibetan, Uyghur and Kazakh names are written with it. */
const DOT = "\u00B7";
const ANY_DOT = /[\u2022\u2027\u30FB\uFF65\u22C5]/gu;
/** A full stop between two Han signs stands for it too; between letters it is one. */
const STOP_BETWEEN_HAN = /(?<=\p{Script=Han})[.\uFF0E](?=\p{Script=Han})/gu;

const MOST_NAME_SIGNS = 60;

/** As it is shown and kept: one dot, no mark without a shape, one blank where there were several. */
export const tidyName = (typed: string): string =>
  visibleText(typed.normalize("NFC").replace(STOP_BETWEEN_HAN, DOT))
    .replace(ANY_DOT, DOT)
    .replace(/\s+/gu, " ")
    .replaceAll(/ ?· ?/gu, DOT);

/** Signs, not code units: 𠮷 is one. */
const signsOf = (text: string): string[] => [...text];

/** The first sign of a name, and that there are others; the dot stays, so that the parts are seen. */
export function maskedName(name: string): string {
  const [first = "", ...others] = signsOf(name);
  return first + others.map((sign) => (sign === DOT || sign === " " ? sign : "*")).join("");
}

/** Letters of any script, dots, blanks, hyphens and apostrophes, and the mark between two Tibetan syllables. */
export const isName = (name: string): boolean =>
  /^\p{L}[\p{L}\p{M}·\s'’\u0F0B\u0F0C\p{Pd}]*$/u.test(name) &&
  signsOf(name).length <= MOST_NAME_SIGNS;

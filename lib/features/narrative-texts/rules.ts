import type { TextPiece, TokenKey } from "./types";

/** Laws of a text whose numbers stand fast: what a sentence is, and what becomes of it when it is cut or joined. */

export const keyOf = ({ figure, unit }: TokenKey): string => `${unit} ${figure}`;

type Piece<T> = string | T;
const isText = <T>(piece: Piece<T> | undefined): piece is string => typeof piece === "string";

/** Text, number, text, …, text: between two numbers, before the first and after the last there is always room to write. */
export function alternating<T>(pieces: readonly Piece<T>[]): Piece<T>[] {
  const made: Piece<T>[] = [""];
  for (const piece of pieces) {
    const last = made.at(-1);
    if (!isText(piece)) made.push(piece, "");
    else made[made.length - 1] = `${isText(last) ? last : ""}${piece}`;
  }
  return made;
}

export const withoutEmpty = <T>(pieces: readonly Piece<T>[]): Piece<T>[] =>
  pieces.filter((piece) => piece !== "");

export function withText<T>(pieces: readonly Piece<T>[], at: number, text: string): Piece<T>[] {
  return pieces.map((piece, n) => (n === at ? text : piece));
}

type Place = { at: number; offset: number };

export function splitAt<T>(
  pieces: readonly Piece<T>[],
  { at, offset }: Place,
): [Piece<T>[], Piece<T>[]] {
  const text = pieces[at];
  const whole = isText(text) ? text : "";
  return [
    alternating([...pieces.slice(0, at), whole.slice(0, offset)]),
    alternating([whole.slice(offset), ...pieces.slice(at + 1)]),
  ];
}

const ENDS = /[。；！？;!?]|\.(?=\s|$)/gu;

/** From the end of the sentence before a number to the end of its own. */
function sentenceOf<T>(pieces: readonly Piece<T>[], token: number): { from: Place; to: Place } {
  let from: Place = { at: 0, offset: 0 };
  for (let at = token - 1; at >= 0; at -= 1) {
    const piece = pieces[at];
    const end = isText(piece) ? [...piece.matchAll(ENDS)].at(-1) : undefined;
    if (end === undefined) continue;
    from = { at, offset: end.index + end[0].length };
    break;
  }
  for (let at = token + 1; at < pieces.length; at += 1) {
    const piece = pieces[at];
    const [end] = isText(piece) ? piece.matchAll(ENDS) : [];
    if (end !== undefined) return { from, to: { at, offset: end.index + end[0].length } };
  }
  const last = pieces.at(-1);
  return { from, to: { at: pieces.length - 1, offset: isText(last) ? last.length : 0 } };
}

/** The sentence of a number, and what is left without it. */
export function cutSentence<T>(pieces: readonly Piece<T>[], token: number) {
  const { from, to } = sentenceOf(pieces, token);
  const [before, rest] = splitAt(pieces, from);
  const within = { at: to.at - from.at, offset: to.offset - (to.at === from.at ? from.offset : 0) };
  const [sentence, after] = splitAt(rest, within);
  return { sentence: withoutEmpty(sentence), left: alternating([...before, ...after]) };
}

const UNITS = "元|户|人次|人|名|份|张|家|场|个|笔|批|项|%|％";
const UNIT_WORDS = "yuan|households?|persons?|people|workers?|packs?|vouchers?|employers?|sessions?|posts?|disbursements?|records?|unions?|%"; // prettier-ignore
const TYPED = [
  new RegExp(`[0-9０-９][0-9０-９.,，]*\\s*[余多]?[十百千万亿]*[余多]?(?:${UNITS})`, "gu"),
  new RegExp(`[一二三四五六七八九][〇零一二两三四五六七八九十百千万亿]+[余多]?(?:${UNITS})`, "gu"),
  new RegExp(`\\b[0-9][0-9.,]*\\s*(?:${UNIT_WORDS})`, "giu"),
];

/** Numbers that somebody typed: no figure of the ledger stands behind them. */
export function unboundIn(pieces: readonly (TextPiece | object)[]): string[] {
  const found = pieces
    .filter((piece) => typeof piece === "string")
    .flatMap((text) => TYPED.flatMap((one) => [...text.matchAll(one)].map(([words]) => words)));
  return [...new Set(found)];
}

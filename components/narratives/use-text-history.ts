import { useReducer } from "react";
import {
  alternating,
  cutSentence,
  keyOf,
  splitAt,
  withText,
} from "@/lib/features/narrative-texts/rules";
import type { TextBody, TextPiece } from "@/lib/features/narrative-texts/types";

export type EditedParagraph = { id: number; head: string | null; pieces: TextPiece[] };
export type EditedText = { title: string; paragraphs: EditedParagraph[]; next: number };

/** Where the caret goes after a change that the browser did not make itself. */
export type Caret = { host: string; offset: number };
type State = {
  past: EditedText[];
  text: EditedText;
  future: EditedText[];
  caret: Caret | null;
  /** Strokes in one place, one soon after the other, are taken back together. */
  burst: { host: string; at: number } | null;
  /** It was begun another time and never saved. */
  restored: boolean;
};

export type Change =
  | { type: "write"; host: string; words: string; at: number }
  | { type: "insert"; host: string; words: string; offset: number; from: number }
  | { type: "split"; paragraph: number; piece: number; offset: number }
  | { type: "join"; paragraph: number }
  | { type: "cut"; paragraph: number; piece: number }
  | { type: "undo" }
  | { type: "redo" }
  | { type: "load"; text: EditedText; restored: boolean };

const BURST_MS = 1500;
const MOST_STEPS = 200;

export const TITLE = "title";
export const headHost = (paragraph: number): string => `${paragraph}:head`;
export const pieceHost = (paragraph: number, piece: number): string => `${paragraph}:${piece}`;

export const editedText = ({ title, paragraphs }: TextBody): EditedText => ({
  title,
  next: paragraphs.length,
  paragraphs: paragraphs.map(({ head, pieces }, id) => ({ id, head, pieces: alternating(pieces) })),
});

/** With the numbers as the ledger says them now; one that it no longer says stays as it was. */
export function renumbered(text: EditedText, { paragraphs }: TextBody): EditedText {
  const tokens = paragraphs
    .flatMap(({ pieces }) => pieces)
    .filter((piece) => typeof piece !== "string");
  const now = new Map(tokens.map((token) => [keyOf(token), token]));
  const anew = (piece: TextPiece) =>
    typeof piece === "string" ? piece : (now.get(keyOf(piece)) ?? piece);
  return {
    ...text,
    paragraphs: text.paragraphs.map((one) => ({ ...one, pieces: one.pieces.map(anew) })),
  };
}

const wordsAt = (text: EditedText, host: string): string => {
  if (host === TITLE) return text.title;
  const [id = "", at = ""] = host.split(":");
  const paragraph = text.paragraphs.find((one) => one.id === Number(id));
  if (at === "head") return paragraph?.head ?? "";
  const piece = paragraph?.pieces[Number(at)];
  return typeof piece === "string" ? piece : "";
};

function written(text: EditedText, host: string, words: string): EditedText {
  if (host === TITLE) return { ...text, title: words };
  const [id = "", at = ""] = host.split(":");
  return {
    ...text,
    paragraphs: text.paragraphs.map((one) => {
      if (one.id !== Number(id)) return one;
      if (at === "head") return { ...one, head: words };
      return { ...one, pieces: withText(one.pieces, Number(at), words) };
    }),
  };
}

type Made = { text: EditedText; caret: Caret | null };

function split(text: EditedText, { paragraph, piece, offset }: Change & { type: "split" }): Made {
  const id = text.next;
  const paragraphs = text.paragraphs.flatMap((one) => {
    if (one.id !== paragraph) return [one];
    const [before, after] = splitAt(one.pieces, { at: piece, offset });
    return [
      { ...one, pieces: before },
      { id, head: null, pieces: after },
    ];
  });
  return {
    text: { ...text, paragraphs, next: id + 1 },
    caret: { host: pieceHost(id, 0), offset: 0 },
  };
}

/** With the paragraph before it; what ran in at its head becomes prose. */
function join(text: EditedText, paragraph: number): Made | null {
  const at = text.paragraphs.findIndex((one) => one.id === paragraph);
  const [before, joined] = [text.paragraphs[at - 1], text.paragraphs[at]];
  if (!before || !joined) return null;
  const last = before.pieces.at(-1);
  const caret = {
    host: pieceHost(before.id, before.pieces.length - 1),
    offset: typeof last === "string" ? last.length : 0,
  };
  const pieces = alternating([...before.pieces, joined.head ?? "", ...joined.pieces]);
  const paragraphs = text.paragraphs.flatMap((one) =>
    one === before ? [{ ...before, pieces }] : one === joined ? [] : [one],
  );
  return { text: { ...text, paragraphs }, caret };
}

function cut(text: EditedText, paragraph: number, piece: number): Made {
  const paragraphs = text.paragraphs.flatMap((one) => {
    if (one.id !== paragraph) return [one];
    const { left } = cutSentence(one.pieces, piece);
    const isEmpty = left.length === 1 && left[0] === "" && text.paragraphs.length > 1;
    return isEmpty ? [] : [{ ...one, pieces: left }];
  });
  return { text: { ...text, paragraphs }, caret: null };
}

function made(text: EditedText, change: Change): Made | null {
  if (change.type === "insert") {
    const { host, words, offset, from } = change;
    const whole = wordsAt(text, host);
    const caret = { host, offset: from + words.length };
    return { text: written(text, host, whole.slice(0, from) + words + whole.slice(offset)), caret };
  }
  if (change.type === "split") return split(text, change);
  if (change.type === "join") return join(text, change.paragraph);
  return change.type === "cut" ? cut(text, change.paragraph, change.piece) : null;
}

const FRESH: Omit<State, "text"> = {
  past: [],
  future: [],
  caret: null,
  burst: null,
  restored: false,
};

function reduce(state: State, change: Change): State {
  const { past, text, future, burst } = state;
  const kept = [...past, text].slice(-MOST_STEPS);
  if (change.type === "load") return { ...FRESH, text: change.text, restored: change.restored };
  if (change.type === "undo" || change.type === "redo") {
    const [from, to] = change.type === "undo" ? [past, future] : [future, past];
    const last = from.at(-1);
    if (last === undefined) return state;
    const [left, gone] = [from.slice(0, -1), [...to, text]];
    const [before, after] = change.type === "undo" ? [left, gone] : [gone, left];
    return { ...state, past: before, text: last, future: after, caret: null, burst: null };
  }
  if (change.type === "write") {
    const { host, words, at } = change;
    if (wordsAt(text, host) === words) return state;
    const goesOn = burst?.host === host && at - burst.at < BURST_MS;
    return { ...state, past: goesOn ? past : kept, text: written(text, host, words), future: [], caret: null, burst: { host, at } }; // prettier-ignore
  }
  const next = made(text, change);
  if (next === null) return state;
  return { ...state, past: kept, text: next.text, future: [], caret: next.caret, burst: null };
}

/** The text as it is being written, with what can be taken back: strokes, cut sentences and joined paragraphs alike. */
export function useTextHistory(first: EditedText) {
  const [state, change] = useReducer(reduce, { ...FRESH, text: first });
  const { text, caret, past, future, restored } = state;
  return { text, caret, change, restored, undoable: past.length > 0, redoable: future.length > 0 };
}

import type { NarrativeView, Token, Unit } from "@/lib/features/narratives/types";

/** How a version came to be: written, taken back from an earlier one, or given the numbers of the day. */
export const HOW = ["edited", "restored", "refreshed"] as const;
export type How = (typeof HOW)[number];

/** A number of a text, as the ledger said it at a position. */
export type TextToken = Token & { seq: number };
export type TextPiece = string | TextToken;
export type TextParagraph = { head: string | null; pieces: TextPiece[] };
export type TextBody = { title: string; paragraphs: TextParagraph[] };

/** A number as whoever edits sends it: which figure it is, never what it says. */
export type TokenKey = { figure: string; unit: Unit };

export type TextVersion = {
  id: string;
  version: number;
  how: How;
  /** The version it was made from; null: the draft. */
  source: number | null;
  author: { nameZh: string; nameEn: string };
  at: string;
  asOf: string;
  seq: number;
};

/** What a number of a text is now; `text` null: the ledger has no such number any more. */
export type Now = { value: string; text: string | null };
export type MarkedToken = TextToken & { now: Now | null };
export type MarkedPiece = string | MarkedToken;
export type MarkedBody = {
  title: string;
  paragraphs: { head: string | null; pieces: MarkedPiece[] }[];
};

export type SavedText = TextVersion & {
  body: MarkedBody;
  /** How many of its numbers the ledger says otherwise now. */
  moved: number;
  /** Title, period and signature of a printed one. */
  period: string;
  signed: string;
};

export type BriefView = NarrativeView & {
  texts: TextVersion[];
  saved: SavedText | null;
  mayWrite: boolean;
  editing: boolean;
  userId: string;
};

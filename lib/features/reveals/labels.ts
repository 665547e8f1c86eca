import * as households from "@/lib/features/households/labels";

/** What may be asked for of a line as it was typed. */
export const REVEALED_FIELDS = [
  "name",
  "idNumber",
  "phone",
  "payee",
  "account",
  "note",
  "bankWords",
] as const;
export type RevealedField = (typeof REVEALED_FIELDS)[number];

export const REVEAL_REASONS = [
  "returned",
  "duplicate",
  "complaint",
  "audit",
  "visit",
  "request",
  "other",
] as const;

/** Distinct lines a day, and from how many on the password is asked for again: as guard.reveal_lines has them. */
export const MOST_LINES = 50;
/** How long they are shown; and a whole roster, which two persons agreed on. */
export const SHOWN_SECONDS = 60;
export const GRANTED_SECONDS = 600;

export const REQUEST_STATES = [
  "pending",
  "granted",
  "shown",
  "declined",
  "withdrawn",
  "lapsed",
] as const;
export const REQUEST_ACTIONS = ["grant", "decline", "withdraw", "show"] as const;
export type RequestAction = (typeof REQUEST_ACTIONS)[number];

/** What a look is counted under: lines of rosters, and household files. */
export const REVEALED_OF = ["roster", "household"] as const;
export const COUNTED_FIELDS = [...REVEALED_FIELDS, ...households.REVEALED_FIELDS] as const;
export const COUNTED_REASONS = [...REVEAL_REASONS, ...households.REVEAL_REASONS] as const;

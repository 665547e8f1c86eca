import type { Sums } from "@/lib/features/figures/rules";
import type { Balance } from "@/lib/features/figures/types";
import type { FigureFilter } from "@/lib/features/filter/types";
import type { Organisation, PageReference, Reference } from "@/lib/features/reference/types";
import { COUNT_UNITS } from "@/lib/kernel/counts";
import type { Stamp } from "@/lib/kernel/position";
import type { Locale } from "@/lib/kernel/preferences";
import type { Origin } from "@/lib/kernel/record-codes";

/** 工作简报: a paragraph for a magazine, or one for the yearly text. */
export const LENGTHS = ["long", "short"] as const;
export type Length = (typeof LENGTHS)[number];

export const BRIEF_FORMATS = ["txt", "docx"] as const;
export type BriefFormat = (typeof BRIEF_FORMATS)[number];

export const UNITS = ["fen", "records", "organisations", ...COUNT_UNITS] as const;
export type Unit = (typeof UNITS)[number];

/** A number in the prose, bound to the figure that it is. */
export type Token = {
  text: string;
  /** The address that answers the figure, under /api/v1. */
  figure: string;
  /** What it answers there, in whole units. */
  value: string;
  unit: Unit;
};
export type Piece = string | Token;
/** Null: a figure it needs is not known, so it is not said. */
export type Clause = Piece[] | null;

export type Paragraph = { head: string | null; pieces: Piece[] };

export type Narrative = {
  /** Title and period; no figure stands in them. */
  heading: string[];
  paragraphs: Paragraph[];
  signed: string;
  asOf: string;
  seq: number;
};

/** How an estimate lies to the number that stands for it: 余, 近, 约. */
export type Direction = "over" | "nearly" | "about";

/** What an estimated amount was called where it was published, and how many records call it so. */
export type Wording = {
  programme: string;
  aidCategory: string;
  recipientKind: string;
  form: string;
  organisation: string;
  words: string;
  amountFen: string;
  count: number;
};

/** Sums of some records, the filter that gives them, and the estimates among them. */
export type Said = {
  filter: FigureFilter & Stamp;
  sums: Sums;
  wordings: readonly Wording[];
};

/** What one programme gave of one category to one kind of recipients; null: of several. */
export type Part = Said & {
  aidCategory: string;
  recipientKind: string | null;
  form: string | null;
};

export type ProgrammePart = Said & {
  code: string;
  contributory: boolean;
  parts: Part[];
};
export type PlacePart = Said & { place: Organisation; own: boolean };

/** Everything that is said, before it is put in words. */
export type NarrativeFigures = {
  year: number;
  root: Organisation;
  reference: Reference;
  /** The year is not over at the position of the figures. */
  underWay: boolean;
  origin: Origin;
  total: Said;
  balance: Balance;
  programmes: ProgrammePart[];
  places: PlacePart[];
  /** Submitted and not approved; null of an earlier position. */
  submitted: number | null;
  asOf: string;
  seq: number;
};

export type NarrativeAsked = {
  year: number;
  org?: string | undefined;
  lang: Locale;
  length: Length;
} & Stamp;

export type NarrativeView = {
  narrative: Narrative;
  reference: PageReference;
  places: Organisation[];
  root: Organisation;
  year: number;
  length: Length;
  ignored: string[];
};

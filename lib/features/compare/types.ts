import type { DashboardView, Sum } from "@/lib/features/figures/present";
import type { FigureCell } from "@/lib/features/figures/rules";
import type { FigureWords, LeftOut, Named } from "@/lib/features/figures/types";
import type { FigureFilter } from "@/lib/features/filter/types";
import type { CardCell } from "@/lib/features/dashboard/types";
import type { Known } from "@/lib/kernel/known";

/** What is set side by side. */
export const COMPARED = ["org", "programme", "year"] as const;
export type Compared = (typeof COMPARED)[number];

/** The first is what the others are held against. */
export const SIDES = ["a", "b", "c"] as const;
type SideName = (typeof SIDES)[number];

/** Years of which one is under way: the same months of each, or all there is. */
export const SPANS = ["same", "whole"] as const;
type Span = (typeof SPANS)[number];

/** What stands in the address; a side is a code of what is compared. */
export type CompareAsked = {
  of?: Compared | undefined;
  span?: Span | undefined;
} & Partial<Record<SideName, string | undefined>>;

export const PER_UNIT = ["persons", "households"] as const;
export type PerUnit = (typeof PER_UNIT)[number];

/** What others came to for one of it: the middle, and of how many. */
export type Peers = { medianFen: bigint; count: number };

export type Side = {
  code: string;
  filter: FigureFilter;
  totals: Sum;
  leftOut: LeftOut;
  estimated: Sum;
  /** Of the totals, what was handed in with a roster; and of the records with evidence. */
  named: Named;
  evidenced: Sum;
  /** By paying organisation and programme. */
  byPlace: FigureCell[];
  byMonth: FigureCell[];
  rates: Record<PerUnit, { known: Known; filter: FigureFilter; peers: Peers | null }>;
  /** Invented and real records say nothing about each other. */
  comparable: boolean;
};

export type CompareView = Pick<DashboardView, "reference" | "places" | "root" | "ignored"> & {
  of: Compared;
  span: Span;
  origin: DashboardView["origin"];
  /** What all sides have in common. */
  common: FigureFilter;
  /** The year in view, which sides that are no years share. */
  year: number;
  sides: Side[];
  /** Of years of which one is under way: up to which month they are compared; null = whole. */
  throughMonth: number | null;
  /** One of the years is under way. */
  partly: boolean;
  asOf: string;
};

export type CompareRow = {
  key: string;
  label: string;
  /** The same page about this alone. */
  only?: FigureFilter | undefined;
  /** A figure for each side, then difference and percentage of each but the first. */
  cells: CardCell[];
  /** Divided: what it is made of opens beside it, for no list sums to it. */
  divided?: boolean | undefined;
};

export const SECTIONS = ["totals", "perUnit", "split", "months", "known"] as const;
type SectionId = (typeof SECTIONS)[number];
export type CompareSection = {
  id: SectionId;
  title: string;
  nameHeader: string;
  note?: string | undefined;
  rows: CompareRow[];
  totals?: CardCell[] | undefined;
};

export type CompareTable = {
  title: string;
  names: string[];
  columns: { id: string; header: string; group?: string | undefined }[];
  sections: CompareSection[];
  notes: string[];
};

export type CompareWords = FigureWords & { compare: FigureWords["dashboard"] };

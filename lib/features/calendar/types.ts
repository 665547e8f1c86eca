import type { Organisation, PageReference } from "@/lib/features/reference/types";
import type { OrganisationKind, Person } from "@/lib/kernel/actor";
import type { CivilDate } from "@/lib/kernel/fiscal-year";

/** Who may owe: not grass-roots unions, of which there are as many as there are employers. */
export const OWING_KINDS = [
  "COUNTY",
  "PREFECTURE",
  "PROVINCE",
  "INDUSTRIAL_UNION",
  "AFFILIATED_UNION",
] as const satisfies readonly OrganisationKind[];
export type OwingKind = (typeof OWING_KINDS)[number];

/** Why there was nothing 零申报原因. */
export const NIL_REASONS = [
  "nobody-to-aid",
  "no-funds-yet",
  "under-another-programme",
  "put-off",
  "other",
] as const;
type NilReason = (typeof NIL_REASONS)[number];

/**
 * Where one expected period stands. `done`: at least one record of its days is submitted or approved; a draft is not.
 * `late`: nothing by the due day, and it can still be entered. `missing`: nothing, and its year is closed.
 */
export const PERIOD_STATES = ["ahead", "due", "late", "done", "nil", "missing"] as const;
export type PeriodState = (typeof PERIOD_STATES)[number];

export type NilDeclaration = {
  id: string;
  organisation: string;
  programme: string;
  periodFrom: CivilDate;
  periodTo: CivilDate;
  reason: NilReason;
  words: string | null;
  declaredBy: Person;
  declaredAt: string;
  /** Null while it stands. */
  end: "withdrawn" | "superseded" | null;
  endedAt: string | null;
  /** The record that took its place. */
  supersededBy: string | null;
  version: number;
};

export type StandingNil = Pick<
  NilDeclaration,
  "organisation" | "programme" | "periodFrom" | "periodTo"
>;

/** What is known of an expected period; where it stands follows from it and the day. */
export type PeriodFacts = {
  periodFrom: CivilDate;
  periodTo: CivilDate;
  dueOn: CivilDate;
  /** Records the ledger lists under a day of the period; those that a reversal took back are not counted. */
  approved: number;
  submitted: number;
  returned: number;
  draft: number;
  /** A submitted or approved record of a longer time that covers the whole period, where none lies in it. */
  covering: string | null;
  /** The day the first of them was submitted for the first time. */
  firstSentOn: CivilDate | null;
  yearOpen: boolean;
  /** The last one declared, standing or ended. */
  nil: NilDeclaration | null;
};

export type ExpectedPeriod = PeriodFacts & {
  organisation: string;
  programme: string;
  state: PeriodState;
  /** Until the due day while it is due, 0 on the day itself; null otherwise. */
  daysLeft: number | null;
  /** After the due day: since then while it is late, until it came once it is done; null where it was in time. */
  daysLate: number | null;
};

/** What of a calendar is asked for. Absent = not narrowed. */
export type Narrowing = {
  programme?: string[] | undefined;
  state?: PeriodState[] | undefined;
};

export type Completeness = {
  /** What was asked for by now: whose due day has passed, or which is settled already. */
  asked: number;
  done: number;
  nil: number;
  late: number;
  missing: number;
  due: number;
  ahead: number;
  /** Of those done: in time. */
  punctual: number;
};

/** Where an organisation stands with a programme: its only period, or how many of several stand where. */
export type MatrixCell = {
  /** Null where there are several. */
  one:
    | (Pick<ExpectedPeriod, "state" | "daysLeft" | "daysLate"> & {
        /** Submitted and approved. */
        records: number;
      })
    | null;
  counts: Completeness;
  /** The records, where it is one period with some in it; else every period of the organisation and the programme. */
  href: string;
};

export type MatrixRow = {
  organisation: string;
  counts: Completeness;
  /** By programme; what is not asked for is not there. */
  cells: Partial<Record<string, MatrixCell>>;
};

/** A prefecture with what lies in it; the province's own and its unions stand under the province. */
type MatrixGroup = { prefecture: string; counts: Completeness; rows: MatrixRow[] };

export type Matrix = {
  /** In their usual order. */
  programmes: { code: string; counts: Completeness }[];
  groups: MatrixGroup[];
  total: Completeness;
};

export type CalendarView = {
  reference: PageReference;
  places: Organisation[];
  root: Organisation;
  year: number;
  today: CivilDate;
  ignored: string[];
  /** What the page is narrowed to, below its place. */
  asked: Narrowing;
  /** Every programme of which something is expected here in this year. */
  programmes: string[];
  /** Of the place and the programmes asked for, in whatever state. */
  whole: Completeness;
  /** Opens and closes years besides. */
  keepsYears: boolean;
  mayDeclare: boolean;
  /** What the organisation itself owes. */
  one: ExpectedPeriod[];
  /** Of those below it, and itself; null where nothing lies below. */
  matrix: Matrix | null;
};

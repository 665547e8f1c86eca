import type { Balance } from "@/lib/features/figures/types";
import type { Organisation, PageReference } from "@/lib/features/reference/types";
import type { FenText } from "@/lib/kernel/money";
import type { Origin } from "@/lib/kernel/record-codes";
import type { Person } from "@/lib/kernel/actor";
import type { CivilDate } from "@/lib/kernel/fiscal-year";

/** An allotment always has an amount: money that came in is known, exactly or roughly. */
export const ALLOTTED_KINDS = ["exact", "estimated"] as const;
export type AllottedKind = (typeof ALLOTTED_KINDS)[number];

export const ALLOTMENT_ACTIONS = ["create", "void"] as const;
export type AllotmentAction = (typeof ALLOTMENT_ACTIONS)[number];

/** 到位资金: money an organisation received for a year, from one source. Voided ones stay in the list. */
export type Allotment = {
  id: string;
  version: number;
  organisation: string;
  fiscalYear: number;
  fundSource: string;
  programme: string | null;
  purpose: string | null;
  amountFen: FenText;
  amountKind: AllottedKind;
  amountWording: string | null;
  receivedOn: CivilDate | null;
  note: string | null;
  origin: Origin;
  sourceRef: string | null;
  sourceCitation: string | null;
  createdBy: Person;
  createdAt: string;
  voided: { at: string; by: Person; reason: string } | null;
  /** What the reader may do now. */
  actions: AllotmentAction[];
};

export type AllotmentPage = {
  items: Allotment[];
  nextCursor: string | null;
  /** All of the filter, not of this page; voided ones out. */
  totals: { receivedFen: FenText | null; allotments: number };
};

export type AllotmentsView = {
  reference: PageReference;
  places: Organisation[];
  root: Organisation;
  filter: { year: number; org: string };
  fundSource: string | undefined;
  cursor: string | undefined;
  ignored: string[];
  page: AllotmentPage;
  balance: Balance;
  /** Provincial staff, and the year is open. */
  canAdd: boolean;
};

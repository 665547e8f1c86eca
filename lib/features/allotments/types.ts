import type { Balance } from "@/lib/features/figures/types";
import type { Organisation, PageReference } from "@/lib/features/reference/types";
import type { FenText } from "@/lib/kernel/money";
import type { Origin } from "@/lib/kernel/record-codes";
import type { Person } from "@/lib/kernel/actor";
import type { CivilDate } from "@/lib/kernel/fiscal-year";

/** An allotment always has an amount: money that came in is known, exactly or roughly. */
export const ALLOTTED_KINDS = ["exact", "estimated"] as const;
export type AllottedKind = (typeof ALLOTTED_KINDS)[number];

/** 筹集资金, as the statistics of aid divide it. */
export const SOURCE_KINDS = [
  "treasury",
  "higher-union",
  "own-union",
  "employer",
  "donation",
  "other",
] as const;
export type SourceKind = (typeof SOURCE_KINDS)[number];

/** 下拨 from one organisation to another below it, 结转 from one year into the next. */
export const TRANSFER_KINDS = ["passed", "carried"] as const;
type TransferKind = (typeof TRANSFER_KINDS)[number];

/** One of two rows that sum to zero: what is given away here is received there. */
type Transfer = {
  kind: TransferKind;
  direction: "in" | "out";
  /** The other end: whom it came from or went to, and the year there. */
  organisation: string;
  fiscalYear: number;
};

export const ALLOTMENT_ACTIONS = ["create", "pass-down", "carry-over", "void"] as const;
export type AllotmentAction = (typeof ALLOTMENT_ACTIONS)[number];

/** 到位资金: money an organisation received for a year, from one source, or gave away. Voided ones stay in the list. */
export type Allotment = {
  id: string;
  version: number;
  organisation: string;
  fiscalYear: number;
  fundSource: string;
  programme: string | null;
  purpose: string | null;
  documentNumber: string | null;
  sourceKind: SourceKind | null;
  /** The project the money is for. */
  project: { id: string; name: string } | null;
  /** Null: it came from outside. */
  transfer: Transfer | null;
  /** Below zero where it was given away. */
  amountFen: FenText;
  /** What has not been given away of it; null where it was given away itself, or voided. */
  leftFen: FenText | null;
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
  /** Given where only what one organisation itself, or a prefecture's own level, received is asked for. */
  own: { organisation: string | undefined; prefecture: string | undefined };
  fundSource: string | undefined;
  /** Given where only what names one project is asked for. */
  project: { id: string; name: string } | undefined;
  cursor: string | undefined;
  ignored: string[];
  page: AllotmentPage;
  balance: Balance;
  /** Provincial staff, and the year is open. */
  canAdd: boolean;
};

import type { CountUnit, Counts } from "@/lib/kernel/counts";
import type { CivilDate } from "@/lib/kernel/fiscal-year";
import type { FenText } from "@/lib/kernel/money";
import type {
  AidForm,
  AmountKind,
  EntryKind,
  FindingRule,
  SourceLimit,
  Status,
  Threshold,
} from "@/lib/kernel/record-codes";

/** `hard` stops submission; `soft` needs a coded answer; `notice` is for the reviewer only. */
export const FINDING_LEVELS = ["hard", "soft", "notice"] as const;
export type FindingLevel = (typeof FINDING_LEVELS)[number];

/** A finding before anybody has answered it. */
export type Draft = {
  rule: FindingRule;
  level: FindingLevel;
  field: string | null;
  values: Record<string, string | number>;
};

/** What the rules look at: of a record, this and nothing else. Codes, not names; money in fen. */
export type CheckedRecord = {
  id: string;
  status: Status;
  entryKind: EntryKind;
  organisation: string;
  programme: string;
  aidCategory: string | null;
  recipientKind: string | null;
  form: AidForm | null;
  fiscalYear: number;
  paidOn: CivilDate | null;
  periodFrom: CivilDate | null;
  periodTo: CivilDate | null;
  /** 1–12; 0 = month unknown. */
  month: number;
  amountFen: FenText | null;
  amountKind: AmountKind;
  cashFen: FenText | null;
  goodsFen: FenText | null;
  rate: { unitFen: FenText; count: number; times: number } | null;
  counts: Counts;
  shares: readonly { fundSource: string; amountFen: FenText | null }[];
};

/** What a record is compared with; fetched for many records in one statement. */
export type FindingContext = {
  today: CivilDate;
  yearOpen: boolean;
  seasonMonths: readonly number[];
  allowedForms: readonly string[];
  mainUnit: CountUnit;
  /**
   * Sources of the record that are earmarked or have a limit: received (null: none is recorded), spent if this record
   * goes through, and what follows where that is more.
   */
  earmarked: readonly {
    fundSource: string;
    isEarmarked: boolean;
    limit: SourceLimit;
    receivedFen: bigint | null;
    spentFen: bigint;
  }[];
  /** The organisation's spending on the programme, this year with this record, last year in all. */
  thisYearFen: bigint;
  lastYearFen: bigint;
  /**
   * References of records alike in organisation, programme and amount (in what is counted, without one), at most
   * seven days apart or with a day in common.
   */
  duplicates: readonly string[];
  /** How many months it pays for; 1 also where no date is known. */
  months: number;
  /** The campaign it names, with its days. */
  campaign: { code: string; startsOn: CivilDate; endsOn: CivilDate } | null;
  /** From where on is asked: times and spreads in tenths, money in fen, shares in percent; 0 = there is no standard. */
  thresholds: Readonly<Record<Threshold, number>>;
  /** Per main unit, and month where it covers several, over the other organisations; null below five. */
  peers: { count: number; medianFen: bigint; deviationFen: bigint } | null;
  /** What the others paid last for one of it, in the same form; null below five, or without a rate basis. */
  unitPrices: { count: number; medianFen: bigint } | null;
  /** Of a record in the last five days of a quarter: how many its organisation has in them, and before in the quarter. */
  bunched: { count: number; before: number; from: CivilDate; to: CivilDate } | null;
  /** Records of the same amount and the same people within days, in another programme. */
  otherHeadings: readonly { programme: string; reference: string }[];
  /**
   * Its roster, where it has one: what its lines come to, which of them name one person twice (`twice`), and which name
   * somebody who has aid already by records that the reader may see (`known`, `references`). `alike`: lines that have
   * something in common, in groups ("3/17"), with one another or with a record that the reader may see.
   */
  roster: {
    lines: number;
    amountFen: string;
    persons: number;
    households: number;
    packs: number;
    twice: readonly number[];
    known: readonly number[];
    references: readonly string[];
    alike: readonly {
      of: "account" | "phone" | "name" | "household";
      where: "roster" | "ledger";
      count: number;
      lines: readonly string[];
      references: readonly string[];
    }[];
  } | null;
  /**
   * The files beside a record that is stored: which of them lie beside another as well (in reach, with its number;
   * elsewhere, one bit), which photographs look like another's (told in the same way), the days that pictures say, invoices that were shown
   * before, and how many signatures were counted on its sheets, where all were counted.
   */
  evidence: {
    files: number;
    used: readonly { no: number; references: readonly string[]; elsewhere: boolean }[];
    alike: readonly { no: number; references: readonly string[]; elsewhere: boolean }[];
    taken: readonly { no: number; day: CivilDate }[];
    invoices: readonly {
      no: number;
      number: string;
      references: readonly string[];
      elsewhere: boolean;
    }[];
    signatures?: number | null;
  } | null;
  /** What it lacks of the public notice that its programme asks for; null where it lacks nothing. */
  notice: { state: "none" | "hanging" | "changed"; lines: number; endsOn: CivilDate | "" } | null;
};

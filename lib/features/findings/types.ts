import type { Counts } from "@/lib/kernel/counts";
import type { CivilDate } from "@/lib/kernel/fiscal-year";
import type { FenText } from "@/lib/kernel/money";
import type { AidForm, AmountKind, EntryKind, Status } from "@/lib/kernel/record-codes";
import type { z } from "zod";
import type { findingSchema } from "./schema";

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

/** 检查结果. */
export type Finding = z.infer<typeof findingSchema>;

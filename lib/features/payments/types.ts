import type { PaymentState } from "@/lib/features/rosters/labels";
import type { z } from "zod";
import type { paymentsSchema, postedSchema, returnRowSchema } from "./schema";

export type ReturnRow = z.infer<typeof returnRowSchema>;
export type Payments = z.infer<typeof paymentsSchema>;
export type Posted = z.infer<typeof postedSchema>;

/** A line as a bank's return is held against it. */
export type PayableLine = {
  readonly id: string;
  readonly no: number;
  readonly account: string | null;
  readonly amountFen: bigint;
  readonly state: PaymentState;
  /** How often something was said of it, and of which day the last was. */
  readonly said: number;
  readonly on: string | null;
  readonly reissued: boolean;
  /** Of the open batch that holds it. */
  readonly batch: number | null;
};

/** A line as the bank's file has it. */
export type FileLine = {
  readonly no: number;
  readonly payee: string;
  readonly account: string;
  readonly amountFen: bigint;
};

import { FILE_KEYS } from "@/lib/features/attachments/rules";
import { HOUSEHOLD_EVENTS, HOUSEHOLD_MEMBERS, HOUSEHOLDS } from "@/lib/features/households/rules";
import { NOTICE_WORDS } from "@/lib/features/papers/rules";
import { PAYMENT_WORDS } from "@/lib/features/payments/rules";
import { ROSTER_LINES } from "@/lib/features/rosters/rules";
import type { SealedTable } from "@/lib/kernel/sealed-table";

/** Every table that holds what is of a person: here, and in guard.sealed_tables(). */
export const SEALED_TABLES: readonly SealedTable[] = [
  ROSTER_LINES,
  HOUSEHOLDS,
  HOUSEHOLD_MEMBERS,
  HOUSEHOLD_EVENTS,
  PAYMENT_WORDS,
  NOTICE_WORDS,
  FILE_KEYS,
];

import type { AuditEntry } from "./schema";

/** The parts of an action that have words of their own: the first is also what the filter offers. */
export const ACTION_GROUPS = [
  "disbursement",
  "allotment",
  "export",
  "year",
  "session",
  "user",
  "organisation",
  "programme",
  "aid-category",
  "fund-source",
  "recipient-kind",
  "approval-rule",
  "campaign",
  "job",
] as const;

/** What the entry is about, as a reader would call it. */
export function subjectOf(entry: AuditEntry): string {
  return entry.subjectName ?? entry.subjectId;
}

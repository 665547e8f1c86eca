import type { AuditEntry, AuditQuery } from "./schema";

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
  "campaign",
] as const;

/** What the entry is about, as a reader would call it. */
export function subjectOf(entry: AuditEntry): string {
  return entry.subjectName ?? entry.subjectId;
}

/** Where the subject itself can be read; null where it has no page. */
export function subjectHref(entry: AuditEntry): string | null {
  if (entry.subjectType === "disbursement") return `/disbursements/${entry.subjectId}`;
  return null;
}

/** Clock time in China, which is one zone: "2026-11-22 17:06:24". */
export function clockTime(at: string): string {
  const china = new Date(new Date(at).getTime() + 8 * 3_600_000).toISOString();
  return `${china.slice(0, 10)} ${china.slice(11, 19)}`;
}

/** The page's address under a filter, to go on from an entry. */
export function auditHref(query: Partial<AuditQuery>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    if (value !== undefined && name !== "limit") search.set(name, String(value));
  const text = search.toString();
  return text === "" ? "/audit" : `/audit?${text}`;
}

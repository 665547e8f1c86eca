import "server-only";
import canonicalize from "canonicalize";
import type { AuditAction } from "@/lib/kernel/audit-actions";
import { sql, type Tx } from "./db";

/** Written by the guard that does the deed, never by a command. */
type Guarded =
  | `session.${string}`
  | `claim.${string}`
  | "roster.reveal"
  | "household.refuse"
  | "household.reveal"
  | "attachment.forget"
  | `export.${string}`
  | `user.${string}-password`
  | `user.${string}-factor`
  | `user.${string}-recovery-code${string}`;

type AuditValue =
  string | number | boolean | null | readonly AuditValue[] | { readonly [key: string]: AuditValue };

/** What changed. Money as decimal strings; no personal data of a beneficiary. */
export type AuditBody = { readonly [key: string]: AuditValue };

export type AuditInput = {
  action: Exclude<AuditAction, Guarded>;
  /** A record's or account's id, a code, a year. Whose history it belongs to follows from it. */
  subjectId: string;
  body: AuditBody;
};

/** What a job does names the job: the person's own hand was not on it. */
function bodyText({ job }: Tx, body: AuditBody): string {
  return canonicalize(job === undefined ? body : { ...body, job }) ?? "{}";
}

/**
 * Leaves the entries for the end of the transaction, after every change: the database refuses an entry whose
 * subject this transaction did not change, and fixes the subject as it then stands. They are appended in the
 * round trip of the COMMIT, because the chain's lock is held from the append on.
 */
export function appendAudits(tx: Tx, entries: readonly AuditInput[]): void {
  if (entries.length === 0) return;
  const actions = entries.map(({ action }) => action);
  const subjects = entries.map(({ subjectId }) => subjectId);
  const bodies = entries.map(({ body }) => bodyText(tx, body));
  tx.atEnd.push(
    sql`SELECT guard.append_audits(${actions}::text[], ${subjects}::text[], ${bodies}::text[])`,
  );
}

export type ExportRecord = { name: string; organisationId: number | null; body: AuditBody };

/** A file that the session's user takes away. */
export function appendExport(tx: Tx, { name, organisationId, body }: ExportRecord): void {
  tx.atEnd.push(
    sql`SELECT guard.append_export(${name}, ${organisationId}::int, ${bodyText(tx, body)})`,
  );
}

import "server-only";
import canonicalize from "canonicalize";
import { sql, type Tx } from "./db";

export type AuditValue =
  string | number | boolean | null | readonly AuditValue[] | { readonly [key: string]: AuditValue };

export type AuditInput = {
  action: string;
  subjectType: string;
  subjectId: string;
  /** Whose history it belongs to; null for accounts and reference data. */
  organisationId: number | null;
  /** What changed. Money as decimal strings; no personal data of a beneficiary. */
  body: { readonly [key: string]: AuditValue };
};

/**
 * Leaves the entries for the end of the transaction, where they are appended in the round trip of the
 * COMMIT: the chain's lock is held from the first of them on.
 */
export function appendAudits(tx: Tx, entries: readonly AuditInput[]): void {
  if (entries.length === 0) return;
  const rows = entries.map(({ body, ...entry }) => ({
    ...entry,
    body: canonicalize(body) ?? "{}",
  }));
  tx.atEnd.push(sql`
    SELECT count(guard.append_audit(e.action, e."subjectType", e."subjectId", e."organisationId", e.body))
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS e(action text, "subjectType" text, "subjectId" text, "organisationId" int, body text)`);
}

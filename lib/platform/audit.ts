import "server-only";
import canonicalize from "canonicalize";
import type { Tx } from "./db";

type AuditValue =
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
 * Appends to the chain inside the caller's transaction. Make it the last statement but for the commit:
 * the chain's lock is held from here on. Answers the entry's id.
 */
export async function appendAudit(tx: Tx, input: AuditInput): Promise<bigint> {
  const body = canonicalize(input.body) ?? "{}";
  const [row] = await tx.$queryRaw<{ id: bigint }[]>`
    SELECT guard.append_audit(${input.action}, ${input.subjectType}, ${input.subjectId},
      ${input.organisationId}::int, ${body}) AS id`;
  return row?.id ?? 0n;
}

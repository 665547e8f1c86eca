import type { DisbursementFields } from "@/lib/features/disbursements/schema";
import type { DisbursementDetail } from "@/lib/features/disbursements/types";
import type { Attempts } from "./attempts";

function contentOf(body: unknown): string {
  const {
    version: _version,
    organisation: _organisation,
    ...content
  } = body as Record<string, unknown>;
  return JSON.stringify(content);
}

/**
 * Brings the server to what is typed: settles what had no answer, then creates, or changes what is
 * there. Answers with the record as the server now holds it.
 */
export async function saveEntry({
  attempts,
  record,
  input,
  changed,
}: {
  attempts: Attempts;
  record: DisbursementDetail | null;
  input: DisbursementFields;
  /** Is anything typed that `record` does not hold? */
  changed: boolean;
}): Promise<DisbursementDetail> {
  const open = attempts.pending;
  const settled = await attempts.settle();
  const base = settled ?? record;
  if (base === null) return attempts.run({ verb: "create", key: attempts.newKey(), body: input });
  const same =
    settled && open && open.verb !== "submit"
      ? contentOf(open.body) === contentOf(input)
      : !changed;
  if (same || base.status === "submitted") return base;
  const { organisation: _organisation, ...fields } = input;
  return attempts.run({
    verb: "update",
    key: attempts.newKey(),
    id: base.id,
    body: { ...fields, version: base.version },
  });
}

import type { Client } from "@/lib/browser/api-client";
import type { Intent, OpenRequest } from "@/lib/browser/intent";
import { createDisbursement, updateDisbursement } from "@/lib/features/disbursements/client";
import type { DisbursementFields, UpdateInput } from "@/lib/features/disbursements/schema";
import { entryOf } from "@/lib/features/entry/present";
import { readEntry } from "@/lib/features/entry/rules";
import type { EntryValues, ReadingContext } from "@/lib/features/entry/types";
import type { EndsCopy } from "@/lib/kernel/wire";
import type { DisbursementDetail } from "@/lib/features/disbursements/types";
import { submitDisbursement } from "@/lib/features/steps/client";
import type { SubmitInput } from "@/lib/features/steps/schema";

/** What the form asks for; plain data, so that what had no answer can be kept in this browser. */
export type EntryRequest =
  | { verb: "create"; body: DisbursementFields & EndsCopy }
  | { verb: "update"; id: string; body: UpdateInput & EndsCopy }
  | { verb: "submit"; id: string; body: SubmitInput };

export type EntryIntent = Intent<EntryRequest, DisbursementDetail>;

export const sendEntry: Client<EntryRequest, DisbursementDetail> = (request) => {
  switch (request.verb) {
    case "create":
      return createDisbursement(request);
    case "update":
      return updateDisbursement(request);
    case "submit":
      return submitDisbursement(request);
  }
};

function contentOf({ body }: EntryRequest): string {
  const {
    version: _version,
    organisation: _organisation,
    workingCopy: _workingCopy,
    ...content
  } = {
    version: null,
    organisation: null,
    workingCopy: null,
    ...body,
  };
  return JSON.stringify(content);
}

/** Does the record say all that was typed, by whatever way it came there? */
export function isStored(
  typed: EntryValues,
  record: DisbursementDetail,
  context: ReadingContext,
): boolean {
  const { input, problems } = readEntry(typed, context);
  const stored = readEntry(entryOf(record), context);
  return (
    Object.keys(problems).length === 0 && JSON.stringify(input) === JSON.stringify(stored.input)
  );
}

/**
 * Brings the server to what is typed: settles what had no answer, then creates, or changes what is
 * there. Answers with the record as the server now holds it.
 */
export async function saveEntry({
  intent,
  record,
  input,
  ends,
  changed,
  form,
}: {
  intent: EntryIntent;
  record: DisbursementDetail | null;
  input: DisbursementFields;
  /** The working copy that ends with this, where the record holds all of it. */
  ends: EndsCopy;
  /** Is anything typed that `record` does not hold? */
  changed: boolean;
  /** Of one form comes one record, from whatever window, computer or page loaded anew it is saved. */
  form: { id: string; hold: (open: OpenRequest<EntryRequest>) => void };
}): Promise<DisbursementDetail> {
  const unanswered = intent.open?.request;
  const settled = await intent.settle();
  const base = settled ?? record;
  const create: EntryRequest = { verb: "create", body: { ...input, ...ends } };
  if (base === null) {
    form.hold({ key: form.id, request: create });
    return intent.send(create, form.id);
  }
  const same =
    settled && unanswered && unanswered.verb !== "submit"
      ? contentOf(unanswered) === contentOf(create)
      : !changed;
  if (same || base.status === "submitted") return base;
  const { organisation: _organisation, ...fields } = input;
  return intent.send({
    verb: "update",
    id: base.id,
    body: { ...fields, ...ends, version: base.version },
  });
}

export async function submitEntry(
  intent: EntryIntent,
  record: DisbursementDetail,
  said: Pick<SubmitInput, "answers" | "reply">,
): Promise<DisbursementDetail> {
  if (record.status === "submitted") return record;
  return intent.send({
    verb: "submit",
    id: record.id,
    body: { version: record.version, ...said },
  });
}

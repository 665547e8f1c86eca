import type { FieldError, FieldErrors } from "@/lib/kernel/app-error";
import { readIdNumber } from "@/lib/kernel/id-number";
import type { SealedTable } from "@/lib/kernel/sealed-table";
import { visibleText } from "@/lib/kernel/typed-text";
import { KINDS_OF, type AttachmentKind, type Owner } from "./labels";

/** The keys of files, as the rotation knows them. */
export const FILE_KEYS: SealedTable = { table: "file_keys", seals: ["file_key"] };

/** What was said of a file. */
export type Said = {
  kind: AttachmentKind;
  invoiceNumber: string | null;
  signatures: number | null;
  /** Of a signed authorisation in a household file: the consent that it is of. */
  eventNo: number | null;
};

/** The number alone (8), with its code before it (10 or 12), or that of a digital invoice (20). */
const INVOICE = /^(\d{8}|\d{18}|\d{20})$/;
const MOST_SIGNATURES = 10_000;

const text = (typed: string | undefined) =>
  visibleText((typed ?? "").normalize("NFKC")).replace(/\s/gu, "");

/** Reads the fields beside a file, or says of which it cannot be. */
export function readSaid(
  fields: ReadonlyMap<string, string>,
  today: string,
  owner: Owner = "record",
): { said: Said; errors: FieldErrors } {
  const errors: Record<string, FieldError[]> = {};
  const kinds: readonly AttachmentKind[] = KINDS_OF[owner];
  const kind = kinds.find((one) => one === fields.get("kind"));
  if (!kind) errors["kind"] = [{ key: "choose" }];
  const number = text(fields.get("invoiceNumber")).replace(/\p{Pd}/gu, "");
  // a person's number has no place here: nobody would seal it
  const isPerson = number.length === 18 && readIdNumber(number, "resident", today).id !== undefined;
  if (number !== "" && (kind !== "invoice" || !INVOICE.test(number) || isPerson))
    errors["invoiceNumber"] = [{ key: "invoiceNumber" }];
  const count = text(fields.get("signatures"));
  const wrong = !/^\d{1,5}$/.test(count) || Number(count) > MOST_SIGNATURES;
  if (count !== "" && (kind !== "sign-off-sheet" || wrong)) errors["signatures"] = [{ key: "count" }]; // prettier-ignore
  const event = text(fields.get("event"));
  const asksEvent = owner === "household" && kind === "authorisation";
  if (asksEvent && !/^[1-9]\d{0,3}$/.test(event)) errors["event"] = [{ key: "choose" }];
  if (!asksEvent && event !== "") errors["event"] = [{ key: "notOfThisKind" }];
  return {
    said: {
      eventNo: asksEvent ? Number(event) : null,
      kind: kind ?? "photo",
      invoiceNumber: number === "" ? null : number,
      signatures: count === "" ? null : Number(count),
    },
    errors,
  };
}

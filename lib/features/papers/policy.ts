import { holdsRole, type Actor } from "@/lib/kernel/actor";
import type { EntryKind, Status } from "@/lib/kernel/record-codes";

type Subject = {
  readonly organisationPath: string;
  readonly status: Status;
  readonly entryKind: EntryKind;
};

const isOfUse = ({ status, entryKind }: Subject) => status !== "voided" && entryKind !== "reversal";

/** Sheets and lists are made by clerks of the place: they are who hands out, and who hangs up. */
export const mayPrint = (actor: Actor, subject: Subject): boolean =>
  isOfUse(subject) && holdsRole(actor, ["CLERK"], subject.organisationPath);

/** Objections are heard, answered and closed by those who work there. */
export const mayWork = (actor: Actor, subject: Subject): boolean =>
  isOfUse(subject) && holdsRole(actor, ["CLERK", "REVIEWER"], subject.organisationPath);

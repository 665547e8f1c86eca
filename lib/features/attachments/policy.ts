import type { HouseholdStatus } from "@/lib/features/households/labels";
import { mayWriteFile, sightOf } from "@/lib/features/households/policy";
import { holdsRole, type Actor } from "@/lib/kernel/actor";
import type { EntryKind, Status } from "@/lib/kernel/record-codes";

type Subject = {
  readonly organisationPath: string;
  readonly status: Status;
  readonly entryKind: EntryKind;
};
type FileSubject = {
  readonly organisationPath: string;
  readonly status: HouseholdStatus;
  readonly forgotten: boolean;
};

const clerkOf = (actor: Actor, { organisationPath }: Subject) =>
  holdsRole(actor, ["CLERK"], organisationPath);

/** Papers of a household file are put there and taken away by who keeps it, until it is closed. */
export const mayKeepPapers = (actor: Actor, file: FileSubject): boolean =>
  mayWriteFile(actor, file);

/** Whoever sees the file as it was typed opens them; the others who work there after a reveal that asked for them. */
export const opensPapers = (actor: Actor, file: FileSubject): boolean =>
  sightOf(actor, file) === "open";

/** Beside whatever stands; a reversal only undoes, and proves nothing. */
export const mayAdd = (actor: Actor, subject: Subject): boolean =>
  subject.status !== "voided" && subject.entryKind !== "reversal" && clerkOf(actor, subject);

/** What nobody has judged yet. */
export const mayRemove = (actor: Actor, subject: Subject): boolean =>
  (subject.status === "draft" || subject.status === "returned") && clerkOf(actor, subject);

/** Came after the record had been sent. */
export const isLate = ({ status }: Pick<Subject, "status">): boolean =>
  status === "submitted" || status === "approved";

/** Whoever works at the place handles its papers; others who read them leave an entry. */
export const readsInPassing = (
  actor: Actor,
  { organisationPath }: Pick<Subject, "organisationPath">,
) =>
  // prettier-ignore
  !holdsRole(actor, ["CLERK", "REVIEWER"], organisationPath);

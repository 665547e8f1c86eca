import { blockingFindings } from "@/lib/features/findings/rules";
import type { Finding } from "@/lib/features/findings/types";
import { hasRole, holdsRole, type Actor, type OrganisationKind } from "@/lib/kernel/actor";
import type { Codes } from "@/lib/features/reference/types";
import { AppError, type AppErrorCode, type FieldErrors } from "@/lib/kernel/app-error";
import { ACTIONS, type Action, type EntryKind, type Status } from "@/lib/kernel/record-codes";
import { contentErrors, problem, type Content } from "./rules";
import { WORKFLOW, type Requirement, type Transition, type Workflow } from "./workflow";

export type ApprovalLevel = "COUNTY" | "PREFECTURE" | "PROVINCE";

/** What a decision looks at. A reversal and its replacement are judged as one subject. */
export type Subject = {
  readonly status: Status;
  readonly entryKind: EntryKind;
  /** False for a reversal that nothing replaces: there is nothing in it to write. */
  readonly hasContent: boolean;
  readonly organisationPath: string;
  readonly yearOpen: boolean;
  /** A reviewer has opened it since it was submitted, or acted on it. */
  readonly opened: boolean;
  /** Whoever made, ever edited or submitted it: none of them approves it. */
  readonly authors: readonly string[];
  /** Who approved it since it was last submitted. */
  readonly approvedBy: readonly string[];
  /** Levels of the approvals that come next; two for a pair whose parts ask for different ones. */
  readonly nextLevels: readonly ApprovalLevel[];
  /** A correction of it is under way or done. */
  readonly corrected: boolean;
};

export type Decision =
  | { readonly allowed: true; readonly transition: Transition }
  | { readonly allowed: false; readonly code: AppErrorCode };

const LEVEL_KINDS: Record<ApprovalLevel, readonly OrganisationKind[] | null> = {
  COUNTY: null,
  PREFECTURE: ["PREFECTURE", "PROVINCE"],
  PROVINCE: ["PROVINCE"],
};

function reachesLevel(actor: Actor, level: ApprovalLevel, path: string): boolean {
  const kinds = LEVEL_KINDS[level];
  return actor.memberships.some(
    (m) =>
      (m.role === "REVIEWER" || m.role === "PROVINCE") &&
      path.startsWith(m.path) &&
      (kinds === null || kinds.includes(m.kind)),
  );
}

const CHECKS: Record<Requirement, (actor: Actor, subject: Subject) => AppErrorCode | null> = {
  "own-words": (_, s) => (s.hasContent ? null : "TRANSITION"),
  "open-year": (_, s) => (s.yearOpen ? null : "YEAR_CLOSED"),
  "not-opened": (_, s) => (s.opened ? "OPENED" : null),
  "not-own-entry": (a, s) =>
    s.authors.includes(a.userId) || s.approvedBy.includes(a.userId) ? "OWN_ENTRY" : null,
  "approval-level": (a, s) =>
    s.nextLevels.every((level) => reachesLevel(a, level, s.organisationPath))
      ? null
      : "APPROVAL_LEVEL",
  "not-corrected": (_, s) =>
    s.entryKind === "reversal" ? "TRANSITION" : s.corrected ? "CONFLICT" : null,
};

/** May this person take this step now? Mirrors the triggers of the database, which repeat it. */
export function decide(
  actor: Actor,
  action: Action,
  subject: Subject,
  workflow: Workflow = WORKFLOW,
): Decision {
  const mine = workflow.filter(
    (t) => t.action === action && holdsRole(actor, [t.role], subject.organisationPath),
  );
  if (mine.length === 0) return { allowed: false, code: "FORBIDDEN" };
  const transition = mine.find((t) => t.from === subject.status);
  if (!transition) return { allowed: false, code: "TRANSITION" };
  for (const requirement of transition.requires) {
    const code = CHECKS[requirement](actor, subject);
    if (code !== null) return { allowed: false, code };
  }
  return { allowed: true, transition };
}

/**
 * Lets the step pass or throws. Whoever may not take it at all hears that first; then that what they
 * read is out of date; then what the record itself forbids.
 */
export function authorise(
  actor: Actor,
  action: Action,
  subject: Subject,
  versions: { read: number; stored: number },
): Transition {
  const decision = decide(actor, action, subject);
  if (!decision.allowed && decision.code === "FORBIDDEN") throw new AppError("FORBIDDEN");
  if (versions.read !== versions.stored) throw new AppError("STALE");
  if (!decision.allowed) throw new AppError(decision.code);
  return decision.transition;
}

/** The findings that keep this step from being taken. */
export function stoppedBy(step: Transition, findings: readonly Finding[]): Finding[] {
  if (step.findings === "no-hard") return findings.filter(({ level }) => level === "hard");
  return step.findings === "settled" ? blockingFindings(findings) : [];
}

/** The buttons a reader is shown. */
export function allowedActions(
  actor: Actor,
  subject: Subject,
  workflow: Workflow = WORKFLOW,
): Action[] {
  return ACTIONS.filter((action) => decide(actor, action, subject, workflow).allowed);
}

/** A clerk enters for an organisation in reach. Others learn that first, and nothing about the code. */
export function decideCreate(actor: Actor, organisationPath: string | null): AppErrorCode | null {
  if (!hasRole(actor, ["CLERK"])) return "FORBIDDEN";
  if (organisationPath === null) return "NOT_FOUND";
  return holdsRole(actor, ["CLERK"], organisationPath) ? null : "FORBIDDEN";
}

/** Notices are for whoever judges a record, not for whoever made it. */
export function seesNotices(actor: Actor, organisationPath: string): boolean {
  return holdsRole(actor, ["REVIEWER", "PROVINCE", "AUDITOR"], organisationPath);
}

const unknown = (value: string) => problem("unknownCode", { value });

/** Codes that do not exist, or do not belong together. */
function codeErrors(content: Content, organisationPath: string, codes: Codes): FieldErrors {
  const errors: FieldErrors = {};
  const { aidCategory, recipientKind } = content;
  const programme = codes.programmes.get(content.programme);
  const campaign = content.campaign === null ? null : codes.campaigns.get(content.campaign);
  if (!programme) errors["programme"] = unknown(content.programme);
  if (campaign === undefined) errors["campaign"] = unknown(content.campaign ?? "");
  if (campaign && programme) {
    const fits =
      campaign.programmeId === programme.id && organisationPath.startsWith(campaign.path);
    if (!fits) errors["campaign"] = problem("campaignMismatch");
  }
  if (aidCategory !== null && !codes.aidCategories.has(aidCategory))
    errors["aidCategory"] = unknown(aidCategory);
  if (recipientKind !== null && !codes.recipientKinds.has(recipientKind))
    errors["recipientKind"] = unknown(recipientKind);
  content.shares.forEach(({ fundSource }, index) => {
    if (!codes.fundSources.has(fundSource))
      errors[`shares.${index}.fundSource`] = unknown(fundSource);
  });
  return errors;
}

const refuse = (fieldErrors: FieldErrors): never => {
  throw new AppError("VALIDATION", { fieldErrors });
};

/** Refuses what cannot be written at all. */
export function requireWritable(content: Content, organisationPath: string, codes: Codes): void {
  const errors = { ...contentErrors(content), ...codeErrors(content, organisationPath, codes) };
  if (Object.keys(errors).length > 0) refuse(errors);
  const year = content.fiscalYear;
  if (!codes.openYears.has(year))
    throw new AppError("YEAR_CLOSED", {
      fieldErrors: { fiscalYear: problem("yearClosed", { year }) },
    });
}

type InUse = Pick<Content, "programme" | "aidCategory" | "recipientKind" | "shares">;

/**
 * What is out of use takes no new records; old ones may still be finished, so of a record that is changed only what
 * was named anew is asked about.
 */
export function requireInUse(
  named: InUse & { organisation: string },
  codes: Codes,
  before?: InUse,
): void {
  const errors: FieldErrors = {};
  const { retired } = codes;
  const out = (set: ReadonlySet<string>, code: string | null, old: string | null | undefined) =>
    code !== null && code !== old && set.has(code);
  if (named.programme !== before?.programme) {
    if (codes.organisations.get(named.organisation)?.active === false)
      errors["organisation"] = problem("inactive");
    if (codes.programmes.get(named.programme)?.active === false)
      errors["programme"] = problem("inactive");
  }
  if (out(retired.aidCategories, named.aidCategory, before?.aidCategory))
    errors["aidCategory"] = problem("inactive");
  if (out(retired.recipientKinds, named.recipientKind, before?.recipientKind))
    errors["recipientKind"] = problem("inactive");
  const kept = new Set(before?.shares.map(({ fundSource }) => fundSource));
  named.shares.forEach(({ fundSource }, index) => {
    if (!kept.has(fundSource) && retired.fundSources.has(fundSource))
      errors[`shares.${index}.fundSource`] = problem("inactive");
  });
  if (Object.keys(errors).length > 0) refuse(errors);
}

/** The programme that is named, or a refusal: without it there is nothing to begin from. */
export function programmeOf(code: string, codes: Codes) {
  return codes.programmes.get(code) ?? refuse({ programme: unknown(code) });
}

/** An organisation out of reach and one that does not exist are the same answer. */
export function noOrganisation(code: string): AppError {
  return new AppError("NOT_FOUND", { fieldErrors: { organisation: unknown(code) } });
}

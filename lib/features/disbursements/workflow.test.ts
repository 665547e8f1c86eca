import { describe, expect, test } from "vitest";
import en from "@/lib/i18n/messages/en/labels.json";
import zh from "@/lib/i18n/messages/zh-CN/labels.json";
import { ROLES, type Actor, type Role } from "@/lib/kernel/actor";
import { ACTIONS, STATUSES, type Action, type Status } from "@/lib/kernel/record-codes";
import type { Finding } from "@/lib/features/findings/types";
import { decide, stoppedBy, type Subject } from "./policy";
import {
  askedFor,
  needsWords,
  standingAfter,
  stepFrom,
  WORKFLOW,
  type Transition,
  type Workflow,
} from "./workflow";

/** Role × status × action → next status, written out by hand. Whatever is not here must not exist. */
const LIFE = [
  "CLERK draft edit draft",
  "CLERK draft submit submitted",
  "CLERK draft void voided",
  "CLERK returned edit returned",
  "CLERK returned submit submitted",
  "CLERK returned void voided",
  "CLERK submitted withdraw draft",
  "CLERK submitted void voided",
  "CLERK approved adjust approved",
  "REVIEWER submitted approve approved",
  "REVIEWER submitted return returned",
  "PROVINCE submitted approve approved",
  "PROVINCE submitted return returned",
];

function actor(role: Role): Actor {
  const place = { organisationId: 1, path: "/1/", code: "x", nameZh: "x", nameEn: "x" };
  const memberships = [{ ...place, role, kind: "PROVINCE" as const }];
  return { userId: "me", username: "me", nameZh: "我", nameEn: "me", isDemo: false, memberships };
}

const at = (status: Status, over: Partial<Subject> = {}): Subject => ({
  status,
  entryKind: "original",
  hasContent: true,
  organisationPath: "/1/",
  yearOpen: true,
  opened: false,
  authors: ["other"],
  approvedBy: [],
  nextLevels: ["COUNTY"],
  corrected: false,
  ...over,
});

/** The last approval, and one of two. */
const LAST = { approvalsGiven: 0, approvalsNeeded: 1 };
const FIRST = { approvalsGiven: 0, approvalsNeeded: 2 };

function outcome(role: Role, action: Action, subject: Subject, workflow: Workflow): string {
  const decision = decide(actor(role), action, subject, workflow);
  return decision.allowed ? standingAfter(decision.transition, LAST).status : decision.code;
}

test("the whole matrix of role, status and action is what policy lets happen, nothing more or less", () => {
  const happens = ROLES.flatMap((role) =>
    STATUSES.flatMap((status) =>
      ACTIONS.flatMap((action) => {
        const to = outcome(role, action, at(status), WORKFLOW);
        return to === to.toLowerCase() ? [`${role} ${status} ${action} ${to}`] : [];
      }),
    ),
  );
  expect(happens.sort()).toEqual([...LIFE].sort());
  expect(WORKFLOW).toHaveLength(LIFE.length);
});

/** The table with one cell of one row written otherwise. */
function falsified(
  row: { role: Role; from: Status; action: Action },
  cell: Partial<Transition>,
): Workflow {
  const table: Workflow = WORKFLOW;
  const hit = table.filter(
    (t) => t.role === row.role && t.from === row.from && t.action === row.action,
  );
  expect(hit).toHaveLength(1);
  return table.map((t) => (hit.includes(t) ? { ...t, ...cell } : t));
}

const submission = { role: "CLERK", from: "draft", action: "submit" } as const;
const approval = { role: "REVIEWER", from: "submitted", action: "approve" } as const;
const returning = { role: "REVIEWER", from: "submitted", action: "return" } as const;
const voiding = { role: "CLERK", from: "draft", action: "void" } as const;

describe("each column decides: written otherwise, something else happens", () => {
  test("role", () => {
    const other = falsified(submission, { role: "REVIEWER" });
    expect(outcome("CLERK", "submit", at("draft"), WORKFLOW)).toBe("submitted");
    expect(outcome("CLERK", "submit", at("draft"), other)).toBe("TRANSITION");
    expect(outcome("REVIEWER", "submit", at("draft"), WORKFLOW)).toBe("FORBIDDEN");
    expect(outcome("REVIEWER", "submit", at("draft"), other)).toBe("submitted");
  });

  test("from", () => {
    const other = falsified(approval, { from: "draft" });
    expect(outcome("REVIEWER", "approve", at("submitted"), WORKFLOW)).toBe("approved");
    expect(outcome("REVIEWER", "approve", at("submitted"), other)).toBe("TRANSITION");
    expect(outcome("REVIEWER", "approve", at("draft"), other)).toBe("approved");
  });

  test("action", () => {
    const other = falsified(submission, { action: "approve" });
    expect(outcome("CLERK", "approve", at("draft"), WORKFLOW)).toBe("FORBIDDEN");
    expect(outcome("CLERK", "approve", at("draft"), other)).toBe("submitted");
  });

  test("to, which also begins the next round of approvals", () => {
    const other = falsified(submission, { to: "returned" });
    expect(outcome("CLERK", "submit", at("draft"), other)).toBe("returned");
    const given = { approvalsGiven: 1, approvalsNeeded: 2 };
    const standing = (workflow: Workflow) =>
      workflow.flatMap((t) =>
        t.from === "draft" && t.action === "submit" ? [standingAfter(t, given)] : [],
      );
    expect(standing(WORKFLOW)).toEqual([{ status: "submitted", approvalsGiven: 0 }]);
    expect(standing(other)).toEqual([{ status: "returned", approvalsGiven: 1 }]);
  });

  test("until: one of two approvals leaves it there, and the last does not", () => {
    const [step] = WORKFLOW.filter((t) => t.role === "REVIEWER" && t.action === "approve");
    const { until: _, ...atOnce } = step as Transition;
    expect(standingAfter(step as Transition, FIRST)).toEqual({
      status: "submitted",
      approvalsGiven: 1,
    });
    expect(standingAfter(step as Transition, { approvalsGiven: 1, approvalsNeeded: 2 })).toEqual({
      status: "approved",
      approvalsGiven: 2,
    });
    expect(standingAfter({ ...atOnce, until: "returned" }, FIRST).status).toBe("returned");
    expect(standingAfter(atOnce, FIRST)).toEqual({ status: "approved", approvalsGiven: 0 });
  });

  test.each([
    ["own-words", "CLERK", "draft", "edit", { hasContent: false }, "TRANSITION"],
    ["open-year", "CLERK", "draft", "submit", { yearOpen: false }, "YEAR_CLOSED"],
    ["not-opened", "CLERK", "submitted", "withdraw", { opened: true }, "OPENED"],
    ["not-own-entry", "REVIEWER", "submitted", "approve", { authors: ["me"] }, "OWN_ENTRY"],
    ["approval-level", "REVIEWER", "submitted", "approve", { nextLevels: [] }, "approved"],
    ["not-corrected", "CLERK", "approved", "adjust", { corrected: true }, "CONFLICT"],
  ] as const)("requires %s", (requirement, role, from, action, over, code) => {
    const subject = at(from, over);
    const [row] = WORKFLOW.filter(
      (t) => t.role === role && t.from === from && t.action === action,
    ) as readonly Transition[];
    const without = row?.requires.filter((one) => one !== requirement) ?? [];
    expect(without).toHaveLength((row?.requires.length ?? 0) - 1);
    const free = falsified({ role, from, action }, { requires: without });
    expect(outcome(role, action, subject, WORKFLOW)).toBe(code);
    expect(outcome(role, action, subject, free)).toBe(row?.to ?? row?.from);
  });

  test("findings: whether they stop the step", () => {
    const found = [
      { rule: "shares-missing", level: "hard", field: null, values: {}, answer: null },
    ];
    const stopped = (workflow: Workflow) =>
      workflow.flatMap((t) =>
        t.from === "draft" && t.action === "submit" ? stoppedBy(t, found as Finding[]) : [],
      );
    expect(stopped(WORKFLOW)).toEqual(found);
    expect(stopped(falsified(submission, { findings: undefined }))).toEqual([]);
  });

  test("reason: the list of which one is named", () => {
    const other = falsified(returning, { reason: "voidReason" });
    expect(askedFor("return").reasons).toContain("evidence-missing");
    expect(askedFor("return", other).reasons).not.toContain("evidence-missing");
    expect(askedFor("return", other).group).toBe("voidReason");
  });

  test("words: whether a reason may stand alone", () => {
    const other = falsified(voiding, { words: "always" });
    const needed = (workflow: Workflow, reason: string) =>
      needsWords(askedFor("void", workflow).words, reason);
    expect(needed(WORKFLOW, "entered-twice")).toBe(false);
    expect(needed(WORKFLOW, "other")).toBe(true);
    expect(needed(other, "entered-twice")).toBe(true);
  });

  test("label: the word on the button", () => {
    expect(stepFrom("submit", "draft")?.label).toBe("action.submit");
    expect(stepFrom("submit", "returned")?.label).toBe("action.resubmit");
    const other = falsified(submission, { label: "action.resubmit" });
    expect(stepFrom("submit", "draft", other)?.label).toBe("action.resubmit");
  });
});

test("nobody both enters and judges in one role, and no approval goes without its two guards", () => {
  const table: Workflow = WORKFLOW;
  const judged = table.filter((t) => t.action === "approve" || t.action === "return");
  expect(new Set(judged.map((t) => t.role))).toEqual(new Set(["REVIEWER", "PROVINCE"]));
  for (const t of judged.filter(({ action }) => action === "approve"))
    expect(t.requires).toEqual(expect.arrayContaining(["not-own-entry", "approval-level"]));
});

test("every step has its word in both languages", () => {
  const words = new Set(WORKFLOW.map((t) => t.label.replace(/^action[.]/, "")));
  for (const { action } of [zh, en])
    expect([...words].filter((word) => !(word in action))).toEqual([]);
});

test("words are asked for always, beside “other”, or not at all", () => {
  const asked = (words: Transition["words"]) =>
    ["duplicate", "other"].map((reason) => needsWords(words, reason));
  expect(asked("always")).toEqual([true, true]);
  expect(asked("with-other")).toEqual([false, true]);
  expect(asked(undefined)).toEqual([false, false]);
});

import { expect, test } from "vitest";
import en from "@/lib/i18n/messages/en/labels.json";
import zh from "@/lib/i18n/messages/zh-CN/labels.json";
import { ROLES } from "@/lib/kernel/actor";
import { ACTIONS, STATUSES } from "@/lib/kernel/record-codes";
import { transitionsFor, WORKFLOW } from "./workflow";

/** Role × status × action → next status, written out by hand. Whatever is not here must not exist. */
const LIFE = [
  "CLERK draft edit draft",
  "CLERK draft submit submitted",
  "CLERK draft void voided",
  "CLERK returned edit returned",
  "CLERK returned submit submitted",
  "CLERK returned void voided",
  "CLERK submitted void voided",
  "CLERK approved adjust approved",
  "REVIEWER submitted approve approved",
  "REVIEWER submitted return returned",
  "PROVINCE submitted approve approved",
  "PROVINCE submitted return returned",
];

function matrix(): string[] {
  return ROLES.flatMap((role) =>
    STATUSES.flatMap((status) =>
      ACTIONS.flatMap((action) =>
        transitionsFor(role, status)
          .filter((t) => t.action === action)
          .map((t) => `${t.role} ${t.from} ${t.action} ${t.to}`),
      ),
    ),
  );
}

test("the whole matrix of role, status and action is the literal table, nothing more or less", () => {
  expect(matrix().sort()).toEqual([...LIFE].sort());
  expect(WORKFLOW).toHaveLength(LIFE.length);
});

test("nobody both enters and judges in one role", () => {
  const judged = WORKFLOW.filter((t) => t.action === "approve" || t.action === "return");
  expect(new Set(judged.map((t) => t.role))).toEqual(new Set(["REVIEWER", "PROVINCE"]));
  expect(judged.filter((t) => t.action === "approve")).toSatisfy((rows: typeof judged) =>
    rows.every(
      (t) => t.requires.includes("not-own-entry") && t.requires.includes("approval-level"),
    ),
  );
});

test("only an adjustment leads out of an approved record, and nothing out of a voided one", () => {
  const after = (status: string) => WORKFLOW.filter((t) => t.from === status).map((t) => t.action);
  expect(new Set(after("approved"))).toEqual(new Set(["adjust"]));
  expect(after("voided")).toEqual([]);
});

test("every step has its word in both languages", () => {
  const words = new Set(WORKFLOW.map((t) => t.label.replace(/^action[.]/, "")));
  for (const { action } of [zh, en])
    expect([...words].filter((word) => !(word in action))).toEqual([]);
});

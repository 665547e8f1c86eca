import { expect, test } from "vitest";
import type { Actor, Role } from "@/lib/kernel/actor";
import { mayPrint, mayWork } from "./policy";

const holding = (role: Role, path = "/1/5/"): Actor => ({
  ...{ userId: "u", username: "u", nameZh: "", nameEn: "", isDemo: false },
  memberships: [
    { role, path, organisationId: 5, code: "630100", kind: "PREFECTURE", nameZh: "", nameEn: "" },
  ],
});
const record = { organisationPath: "/1/5/9/", status: "draft", entryKind: "original" } as const;

test.each([
  ["CLERK", true, true],
  ["REVIEWER", false, true],
  ["PROVINCE", false, false],
  ["AUDITOR", false, false],
  ["ADMIN", false, false],
] as const)("%s prints: %s, works with notices: %s", (role, prints, works) => {
  expect([mayPrint(holding(role), record), mayWork(holding(role), record)]).toEqual([
    prints,
    works,
  ]);
});

test("nobody elsewhere, and nothing of what is voided or takes back", () => {
  const clerk = holding("CLERK");
  expect(mayPrint(holding("CLERK", "/1/6/"), record)).toBe(false);
  expect(mayPrint(clerk, { ...record, status: "voided" })).toBe(false);
  expect(mayWork(clerk, { ...record, entryKind: "reversal" })).toBe(false);
});

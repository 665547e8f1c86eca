import { expect, test } from "vitest";
import { ROLES, type Actor, type Role } from "@/lib/kernel/actor";
import { allowedActions, decide } from "./policy";

const actor = (role: Role, path: string): Actor => ({
  userId: "u",
  username: "u",
  nameZh: "甲",
  nameEn: "A",
  isDemo: false,
  memberships: [
    { role, path, organisationId: 1, code: "630000", kind: "PROVINCE", nameZh: "省", nameEn: "P" },
  ],
});
const open = {
  organisationPath: "/1/5/23/",
  voided: false,
  yearOpen: true,
  giverPath: null,
  leftFen: "100",
  givenOn: false,
  hasBelow: true,
  nextYearOpen: true,
};

test("only provincial staff record and void what was received, and only in their subtree", () => {
  for (const role of ROLES)
    for (const action of ["create", "void"] as const)
      expect(decide(actor(role, "/1/"), action, open), `${role} ${action}`).toBe(
        role === "PROVINCE" ? null : "FORBIDDEN",
      );
  expect(decide(actor("PROVINCE", "/1/6/"), "create", open)).toBe("FORBIDDEN");
});

test("a closed year and a voided allotment stay as they are", () => {
  const province = actor("PROVINCE", "/1/");
  expect(decide(province, "create", { ...open, yearOpen: false })).toBe("YEAR_CLOSED");
  expect(decide(province, "void", { ...open, voided: true })).toBe("TRANSITION");
  expect(allowedActions(province, open)).toEqual(["pass-down", "carry-over", "void"]);
  expect(allowedActions(province, { ...open, voided: true })).toEqual([]);
});

test("a reviewer passes down what their own organisation received, and takes back what it gave", () => {
  const reviewer = actor("REVIEWER", "/1/5/");
  expect(allowedActions(reviewer, { ...open, organisationPath: "/1/5/" })).toEqual(["pass-down"]);
  const received = { ...open, giverPath: "/1/5/" };
  expect(allowedActions(reviewer, received)).toEqual(["pass-down", "void"]);
  expect(decide(reviewer, "void", { ...received, giverPath: "/1/" })).toBe("FORBIDDEN");
  expect(decide(reviewer, "pass-down", { ...open, organisationPath: "/1/" })).toBe("FORBIDDEN");
});

test("nothing is given of what is gone, below whom there is nobody, or into a year that is not open", () => {
  const province = actor("PROVINCE", "/1/");
  expect(decide(province, "pass-down", { ...open, leftFen: "0" })).toBe("TRANSITION");
  expect(decide(province, "pass-down", { ...open, leftFen: null })).toBe("TRANSITION");
  expect(decide(province, "pass-down", { ...open, hasBelow: false })).toBe("TRANSITION");
  expect(decide(province, "carry-over", { ...open, nextYearOpen: false })).toBe("YEAR_CLOSED");
  expect(decide(province, "void", { ...open, givenOn: true })).toBe("PASSED_ON");
});

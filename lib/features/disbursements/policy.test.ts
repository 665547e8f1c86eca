import { describe, expect, test } from "vitest";
import type { Actor, OrganisationKind, Role } from "@/lib/kernel/actor";
import {
  allowedActions,
  authorise,
  decide,
  decideCreate,
  seesNotices,
  type Subject,
} from "./policy";

const COUNTY = "/1/2/3/";

function actor(role: Role, path: string, kind: OrganisationKind, userId = "me"): Actor {
  return {
    userId,
    username: userId,
    nameZh: userId,
    nameEn: userId,
    isDemo: false,
    memberships: [{ role, organisationId: 1, path, code: "x", kind, nameZh: "x", nameEn: "x" }],
  };
}

const clerk = actor("CLERK", COUNTY, "COUNTY");
const reviewer = actor("REVIEWER", COUNTY, "COUNTY");
const prefecture = actor("REVIEWER", "/1/2/", "PREFECTURE");
const province = actor("PROVINCE", "/1/", "PROVINCE");

function subject(over: Partial<Subject> = {}): Subject {
  return {
    status: "submitted",
    entryKind: "original",
    hasContent: true,
    organisationPath: COUNTY,
    yearOpen: true,
    authors: ["other"],
    approvedBy: [],
    nextLevels: ["COUNTY"],
    corrected: false,
    ...over,
  };
}

const codeOf = (...input: Parameters<typeof decide>) => {
  const decision = decide(...input);
  return decision.allowed ? "allowed" : decision.code;
};

describe("approval", () => {
  test("is given by a reviewer at the organisation or above it, never below or beside", () => {
    expect(codeOf(reviewer, "approve", subject())).toBe("allowed");
    expect(codeOf(prefecture, "approve", subject())).toBe("allowed");
    expect(codeOf(province, "approve", subject())).toBe("allowed");
    const beside = actor("REVIEWER", "/1/2/4/", "COUNTY");
    expect(codeOf(beside, "approve", subject())).toBe("FORBIDDEN");
    expect(codeOf(reviewer, "approve", subject({ organisationPath: "/1/2/" }))).toBe("FORBIDDEN");
  });

  test("is never given to one's own entry, nor twice by one person", () => {
    expect(codeOf(reviewer, "approve", subject({ authors: ["other", "me"] }))).toBe("OWN_ENTRY");
    expect(codeOf(reviewer, "approve", subject({ approvedBy: ["me"] }))).toBe("OWN_ENTRY");
  });

  test("of a higher level belongs to that level", () => {
    const second = subject({ nextLevels: ["PROVINCE"] });
    expect(codeOf(prefecture, "approve", second)).toBe("APPROVAL_LEVEL");
    expect(codeOf(province, "approve", second)).toBe("allowed");
    expect(codeOf(reviewer, "approve", subject({ nextLevels: ["PREFECTURE"] }))).toBe(
      "APPROVAL_LEVEL",
    );
    expect(codeOf(prefecture, "approve", subject({ nextLevels: ["PREFECTURE"] }))).toBe("allowed");
  });

  test("of a pair satisfies both halves", () => {
    const pair = subject({ nextLevels: ["COUNTY", "PROVINCE"] });
    expect(codeOf(prefecture, "approve", pair)).toBe("APPROVAL_LEVEL");
    expect(codeOf(province, "approve", pair)).toBe("allowed");
  });
});

describe("what a record forbids", () => {
  test("nothing moves in a closed year", () => {
    const closed = { yearOpen: false };
    expect(codeOf(clerk, "edit", subject({ status: "draft", ...closed }))).toBe("YEAR_CLOSED");
    expect(codeOf(clerk, "submit", subject({ status: "draft", ...closed }))).toBe("YEAR_CLOSED");
    expect(codeOf(clerk, "void", subject({ status: "draft", ...closed }))).toBe("YEAR_CLOSED");
    expect(codeOf(reviewer, "approve", subject(closed))).toBe("YEAR_CLOSED");
    expect(codeOf(reviewer, "return", subject(closed))).toBe("YEAR_CLOSED");
    expect(codeOf(clerk, "adjust", subject({ status: "approved", ...closed }))).toBe("allowed");
  });

  test("a record is corrected once at a time, and a reversal never", () => {
    expect(codeOf(clerk, "adjust", subject({ status: "approved", corrected: true }))).toBe(
      "CONFLICT",
    );
    expect(codeOf(clerk, "adjust", subject({ status: "approved", entryKind: "reversal" }))).toBe(
      "TRANSITION",
    );
  });

  test("a reversal that nothing replaces has nothing to edit", () => {
    const lone = subject({ status: "returned", entryKind: "reversal", hasContent: false });
    expect(allowedActions(clerk, lone)).toEqual(["submit", "void"]);
  });
});

test("the buttons are exactly the decisions", () => {
  expect(allowedActions(clerk, subject({ status: "draft" }))).toEqual(["edit", "submit", "void"]);
  expect(allowedActions(reviewer, subject())).toEqual(["approve", "return"]);
  expect(allowedActions(reviewer, subject({ status: "approved" }))).toEqual([]);
  expect(allowedActions(actor("AUDITOR", "/1/", "PROVINCE"), subject())).toEqual([]);
  expect(allowedActions(actor("ADMIN", "/1/", "PROVINCE"), subject({ status: "draft" }))).toEqual(
    [],
  );
});

test("a wrong role hears so first, then a stale version, then the record's own reason", () => {
  const stale = { read: 1, stored: 2 };
  const refusal = (...input: Parameters<typeof authorise>) => {
    try {
      authorise(...input);
      return "allowed";
    } catch (error) {
      return (error as Error & { code: string }).code;
    }
  };
  expect(refusal(clerk, "approve", subject(), stale)).toBe("FORBIDDEN");
  expect(refusal(clerk, "submit", subject(), stale)).toBe("STALE");
  expect(refusal(clerk, "submit", subject(), { read: 2, stored: 2 })).toBe("TRANSITION");
  expect(refusal(reviewer, "approve", subject(), { read: 2, stored: 2 })).toBe("allowed");
});

test("only a clerk creates, and only within reach", () => {
  expect(decideCreate(clerk, COUNTY)).toBeNull();
  expect(decideCreate(clerk, null)).toBe("NOT_FOUND");
  expect(decideCreate(clerk, "/1/2/4/")).toBe("FORBIDDEN");
  expect(decideCreate(reviewer, COUNTY)).toBe("FORBIDDEN");
  expect(decideCreate(reviewer, null)).toBe("FORBIDDEN");
});

test("notices are for whoever judges", () => {
  expect(seesNotices(clerk, COUNTY)).toBe(false);
  expect(seesNotices(reviewer, COUNTY)).toBe(true);
  expect(seesNotices(actor("AUDITOR", "/1/", "PROVINCE"), COUNTY)).toBe(true);
});

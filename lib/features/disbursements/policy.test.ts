import { describe, expect, test } from "vitest";
import type { Actor, OrganisationKind, Role } from "@/lib/kernel/actor";
import type { AppError } from "@/lib/kernel/app-error";
import type { Codes } from "@/lib/features/reference/types";
import {
  allowedActions,
  authorise,
  decide,
  decideCreate,
  noOrganisation,
  programmeOf,
  requireInUse,
  requireWritable,
  seesNotices,
  stoppedBy,
  type Subject,
} from "./policy";
import { emptyContent, type Content } from "./rules";
import { WORKFLOW } from "./workflow";

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
    opened: false,
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

  test("is not lifted by another role of the same person higher up", () => {
    const person = (...others: Actor[]): Actor => ({
      ...reviewer,
      memberships: [reviewer, ...others].flatMap(({ memberships }) => memberships),
    });
    const second = subject({ nextLevels: ["PROVINCE"] });
    const auditing = person(actor("AUDITOR", "/1/", "PROVINCE"));
    expect(codeOf(auditing, "approve", second)).toBe("APPROVAL_LEVEL");
    const elsewhere = person(actor("REVIEWER", "/9/", "PROVINCE"));
    expect(codeOf(elsewhere, "approve", second)).toBe("APPROVAL_LEVEL");
    expect(codeOf(person(province), "approve", second)).toBe("allowed");
    expect(codeOf(province, "approve", subject({ nextLevels: ["PREFECTURE"] }))).toBe("allowed");
  });

  test("of a pair satisfies both halves", () => {
    const pair = subject({ nextLevels: ["COUNTY", "PROVINCE"] });
    expect(codeOf(prefecture, "approve", pair)).toBe("APPROVAL_LEVEL");
    expect(codeOf(province, "approve", pair)).toBe("allowed");
  });
});

describe("what a record forbids", () => {
  test("nothing comes to count in a closed year; what never counted may leave it", () => {
    const closed = { yearOpen: false };
    expect(codeOf(clerk, "edit", subject({ status: "draft", ...closed }))).toBe("allowed");
    expect(codeOf(clerk, "submit", subject({ status: "draft", ...closed }))).toBe("YEAR_CLOSED");
    expect(codeOf(clerk, "void", subject({ status: "draft", ...closed }))).toBe("allowed");
    expect(codeOf(clerk, "withdraw", subject(closed))).toBe("allowed");
    expect(codeOf(reviewer, "approve", subject(closed))).toBe("YEAR_CLOSED");
    expect(codeOf(reviewer, "return", subject(closed))).toBe("allowed");
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
  expect(seesNotices(province, COUNTY)).toBe(true);
});

test("what is not settled stops a submission, what is hard an approval too, and no other step", () => {
  const finding = { rule: "shares-missing", level: "hard", field: "shares", values: {}, answer: null } as const; // prettier-ignore
  for (const step of WORKFLOW) {
    const stopped = ["submit", "approve"].includes(step.action) ? [finding] : [];
    expect([step.action, stoppedBy(step, [finding])]).toEqual([step.action, stopped]);
    const asked = stoppedBy(step, [{ ...finding, level: "soft" }]).length;
    expect([step.action, asked]).toEqual([step.action, step.action === "submit" ? 1 : 0]);
    expect(stoppedBy(step, [{ ...finding, level: "notice" }])).toEqual([]);
  }
});

describe("what is named", () => {
  const defaults = { aidCategory: "education", recipientKind: "needy-worker", form: "transfer" } as const; // prettier-ignore
  const codes: Codes = {
    organisations: new Map([
      ["630123", { id: 3, path: COUNTY, active: true }],
      ["630199", { id: 9, path: "/1/2/9/", active: false }],
    ]),
    programmes: new Map([
      ["golden-autumn", { id: 7, active: true, defaults }],
      ["old", { id: 8, active: false, defaults }],
    ]),
    campaigns: new Map([
      ["county-visit", { id: 1, programmeId: 7, path: COUNTY }],
      ["elsewhere", { id: 2, programmeId: 7, path: "/1/2/4/" }],
      ["other-programme", { id: 3, programmeId: 8, path: "/1/" }],
    ]),
    aidCategories: new Map([["education", 1]]),
    recipientKinds: new Map([["needy-worker", 1]]),
    fundSources: new Map([["county-union", 1]]),
    retired: {
      aidCategories: new Set(["old-category"]),
      recipientKinds: new Set(["old-kind"]),
      fundSources: new Set(["old-source"]),
    },
    openYears: new Set([2026]),
  };
  const refused = (work: () => void) => {
    try {
      work();
      return null;
    } catch (error) {
      const { code, fieldErrors } = error as AppError;
      return { code, fieldErrors };
    }
  };
  const written = (over: Partial<Content>) =>
    refused(() => requireWritable({ ...emptyContent("golden-autumn", 2026), ...over }, COUNTY, codes)); // prettier-ignore
  const unknown = (field: string, value: string) => ({
    code: "VALIDATION",
    fieldErrors: { [field]: [{ key: "unknownCode", values: { value } }] },
  });

  test("exists: what is known can be written, a code nobody knows cannot", () => {
    const share = (fundSource: string) => ({ fundSource, amountFen: null });
    expect(written({})).toBeNull();
    expect(
      written({
        campaign: "county-visit",
        aidCategory: "education",
        recipientKind: "needy-worker",
        shares: [share("county-union")],
      }),
    ).toBeNull();
    expect(written({ programme: "x" })).toEqual(unknown("programme", "x"));
    expect(written({ campaign: "x" })).toEqual(unknown("campaign", "x"));
    expect(written({ aidCategory: "x" })).toEqual(unknown("aidCategory", "x"));
    expect(written({ recipientKind: "x" })).toEqual(unknown("recipientKind", "x"));
    expect(written({ shares: [share("county-union"), share("x")] })).toEqual(
      unknown("shares.1.fundSource", "x"),
    );
  });

  test("belongs together: a campaign is of its programme and for its own subtree", () => {
    for (const campaign of ["elsewhere", "other-programme"])
      expect(written({ campaign })).toEqual({
        code: "VALIDATION",
        fieldErrors: { campaign: [{ key: "campaignMismatch" }] },
      });
    expect(written({ programme: "x", campaign: "county-visit" })).toEqual(
      unknown("programme", "x"),
    );
  });

  test("every fault is named at once, the form's own among them; a closed year comes last", () => {
    const dates = { paidOn: "2025-01-01", periodFrom: "2025-01-01" };
    const both = written({ ...dates, fiscalYear: 2025, programme: "x" });
    expect(Object.keys(both?.fieldErrors ?? {}).sort()).toEqual(["paidOn", "programme"]);
    expect(written({ fiscalYear: 2025 })).toEqual({
      code: "YEAR_CLOSED",
      fieldErrors: { fiscalYear: [{ key: "yearClosed", values: { year: 2025 } }] },
    });
  });

  test("is in use: a closed programme or organisation takes no new record", () => {
    const named = (organisation: string, programme: string) =>
      refused(() =>
        requireInUse(
          { organisation, programme, aidCategory: null, recipientKind: null, shares: [] },
          codes,
        ),
      )?.fieldErrors;
    expect(named("630123", "golden-autumn")).toBeUndefined();
    expect(named("unknown", "unknown"), "that is another refusal's to say").toBeUndefined();
    expect(named("630199", "golden-autumn")).toEqual({ organisation: [{ key: "inactive" }] });
    expect(named("630123", "old")).toEqual({ programme: [{ key: "inactive" }] });
  });

  test("is in use: what a record named before it was retired may stay, and is not named anew", () => {
    const old = {
      programme: "old",
      aidCategory: "old-category",
      recipientKind: "old-kind",
      shares: [{ fundSource: "old-source", amountFen: null }],
    };
    const inactive = [{ key: "inactive" }];
    const asked = (before?: typeof old) =>
      refused(() => requireInUse({ ...old, organisation: "630123" }, codes, before))?.fieldErrors;
    expect(asked(old)).toBeUndefined();
    expect(asked()).toEqual({
      programme: inactive,
      aidCategory: inactive,
      recipientKind: inactive,
      "shares.0.fundSource": inactive,
    });
    const fresh = { programme: "golden-autumn", aidCategory: "school", recipientKind: "poor" };
    expect(asked({ ...fresh, shares: [{ fundSource: "county-union", amountFen: null }] })).toEqual(
      asked(),
    );
  });

  test("a new record begins from its programme; of an organisation out of reach nothing is said", () => {
    expect(programmeOf("golden-autumn", codes).id).toBe(7);
    expect(refused(() => programmeOf("x", codes))).toEqual(unknown("programme", "x"));
    expect(noOrganisation("632222")).toMatchObject({
      ...unknown("organisation", "632222"),
      code: "NOT_FOUND",
    });
  });
});

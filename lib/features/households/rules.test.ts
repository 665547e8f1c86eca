import { expect, test } from "vitest";
import { maskedMember } from "./present";
import { consentsOf, fileAfter, isReviewDue, nameParts, readMembers, takes } from "./rules";
import type { HouseholdMember, MemberInput } from "./types";

const TODAY = "2026-11-27";

test("birthday and sex are what the number says; elsewhere what was typed", () => {
  const read = (member: Partial<MemberInput>) =>
    readMembers([{ relation: "self", name: "才让", ...member }], TODAY);
  expect(read({ idNumber: "639901550607123" }).members[0]).toMatchObject({
    born: "1955-06-07",
    sex: "male",
    document: { number: expect.stringMatching(/^63990119550607123/) as string },
  });
  expect(read({ idKind: "passport", idNumber: "E1234567", born: "1980-02-03" }).members[0]).toMatchObject({ born: "1980-02-03", sex: null }); // prettier-ignore
  expect(read({ idNumber: "639901198001010014", sex: "female" }).faults).toMatchObject({
    "members.0.sex": [{ key: "notAsNumber" }],
  });
  expect(read({ idNumber: "639901198001010014", born: "1980-01-02" }).faults).toMatchObject({
    "members.0.born": [{ key: "notAsNumber" }],
  });
});

test("a whole name is one key however its dot is written, and another in another place", () => {
  expect(nameParts(3, "买买提•阿布")).toEqual(nameParts(3, "买买提·阿布"));
  expect(nameParts(3, "王 丽")).toEqual(nameParts(3, "王丽"));
  expect(nameParts(3, "王丽")).not.toEqual(nameParts(4, "王丽"));
});

test("tier, status and day follow the event; an earlier year's tier does not come before a later one's", () => {
  const file = { status: "open", tier: "deep", tierYear: 2026, followUpOn: "2026-12-01" } as const;
  const after = (kind: "tier" | "visit" | "lifted" | "consent", more: object = {}) =>
    fileAfter(file, { kind, year: null, tier: null, dueOn: null, ...more });
  expect(after("tier", { year: 2025, tier: "relative" })).toEqual(file);
  expect(after("tier", { year: 2026, tier: "relative" }).tier).toBe("relative");
  expect(after("visit").followUpOn).toBeNull();
  expect(after("consent", { dueOn: "2028-01-01" })).toEqual(file);
  expect(after("lifted", { dueOn: "2027-05-27" })).toMatchObject({ status: "lifted", followUpOn: "2027-05-27" }); // prettier-ignore
  expect(takes("closed")).toEqual([]);
  expect(["open", "lifted"].map((status) => isReviewDue({ status: status as "open", tierYear: 2025 }, 2026))).toEqual([true, false]); // prettier-ignore
});

test("a consent holds until it ends, runs out, or is signed anew", () => {
  const signed = (on: string, dueOn: string | null = null) =>
    ({ kind: "consent", consent: "income-check", on, dueOn }) as const;
  const ended = { kind: "consent-ended", consent: "income-check", on: TODAY, dueOn: null } as const;
  const holds = (...events: Parameters<typeof consentsOf>[0]) =>
    consentsOf(events, TODAY).map((one) => one.holds);
  expect(holds(signed("2025-01-01"))).toEqual([true]);
  expect(holds(signed("2025-01-01", TODAY))).toEqual([true]);
  expect(holds(signed("2025-01-01", "2026-11-26"))).toEqual([false]);
  expect(holds(signed("2025-01-01"), signed("2026-01-01"))).toEqual([false, true]);
  expect(holds(signed("2025-01-01"), ended)).toEqual([false]);
});

test("a mask shows a first sign, a year and the ends of numbers", () => {
  const member: HouseholdMember = {
    no: 1,
    relation: "self",
    idKind: "resident",
    sex: "female",
    ...{ name: "旺姆·央金", idNumber: "639901198001010022", born: "1980-01-01" },
    ...{
      phone: "13909712345",
      health: "慢性病",
      workplace: null,
      details: { incomeFen: "150000" },
      unreadable: false,
    },
  };
  expect(maskedMember(member)).toMatchObject({
    ...{ name: "旺*·**", idNumber: "639***********0022", born: "1980", phone: "*******2345" },
    ...{ health: "***", workplace: null },
  });
});

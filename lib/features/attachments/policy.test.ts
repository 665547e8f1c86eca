import { expect, test } from "vitest";
import type { Actor } from "@/lib/kernel/actor";
import { STATUSES, type EntryKind, type Status } from "@/lib/kernel/record-codes";
import { HOUSEHOLD_STATUSES } from "@/lib/features/households/labels";
import { isLate, mayAdd, mayKeepPapers, mayRemove, opensPapers, readsInPassing } from "./policy";

const ROLES = ["CLERK", "REVIEWER", "PROVINCE", "AUDITOR", "ADMIN"] as const;
const actor = (role: (typeof ROLES)[number], path: string): Actor => ({
  userId: "u",
  username: "u",
  nameZh: "甲",
  nameEn: "A",
  isDemo: false,
  memberships: [{ role, organisationId: 1, path, kind: "COUNTY" } as Actor["memberships"][number]],
});
const subject = (status: Status, entryKind: EntryKind = "original") => ({
  organisationPath: "/1/5/23/",
  status,
  entryKind,
});

test("who adds and who removes, in every state of a record", () => {
  const allowed = (may: typeof mayAdd) =>
    ROLES.flatMap((role) =>
      STATUSES.filter((status) => may(actor(role, "/1/5/23/"), subject(status))).map(
        (status) => `${role} ${status}`,
      ),
    ).sort();
  expect(allowed(mayAdd)).toEqual(["CLERK approved", "CLERK draft", "CLERK returned", "CLERK submitted"]); // prettier-ignore
  expect(allowed(mayRemove)).toEqual(["CLERK draft", "CLERK returned"]);
  expect(mayAdd(actor("CLERK", "/1/6/"), subject("draft"))).toBe(false);
  expect(mayAdd(actor("CLERK", "/1/5/23/"), subject("draft", "reversal"))).toBe(false);
  expect(STATUSES.filter((status) => isLate({ status }))).toEqual(["submitted", "approved"]);
});

test("whoever does not work at the place leaves an entry", () => {
  const passing = (role: (typeof ROLES)[number]) => readsInPassing(actor(role, "/1/"), subject("draft")); // prettier-ignore
  expect(ROLES.filter(passing)).toEqual(["PROVINCE", "AUDITOR", "ADMIN"]);
});

test("papers of a household file are kept and opened by its clerks until it is closed", () => {
  for (const may of [mayKeepPapers, opensPapers]) {
    const allowed = ROLES.flatMap((role) =>
      HOUSEHOLD_STATUSES.filter((status) =>
        may(actor(role, "/1/5/23/"), { organisationPath: "/1/5/23/", status, forgotten: false }),
      ).map((status) => `${role} ${status}`),
    );
    expect(allowed).toEqual(["CLERK open", "CLERK lifted", "CLERK returned"]);
    const gone = { organisationPath: "/1/5/23/", status: "open", forgotten: true } as const;
    expect(may(actor("CLERK", "/1/5/23/"), gone)).toBe(false);
    expect(may(actor("CLERK", "/1/6/"), { ...gone, forgotten: false })).toBe(false);
  }
});

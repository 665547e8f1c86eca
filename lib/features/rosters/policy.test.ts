import { expect, test } from "vitest";
import type { Actor, Role } from "@/lib/kernel/actor";
import { mayWriteRoster, sightOf } from "./policy";

const at = (role: Role, path = "/1/5/23/"): Actor => ({
  ...{ userId: "u", username: "u", nameZh: "", nameEn: "", isDemo: false },
  memberships: [
    { role, path, organisationId: 23, code: "630123", kind: "COUNTY", nameZh: "", nameEn: "" },
  ],
});
const record = (status: "draft" | "returned" | "submitted" | "approved" | "voided") => ({
  organisationPath: "/1/5/23/",
  status,
  entryKind: "original" as const,
});

test("names are for whoever enters or judges there, and open while they may be mended", () => {
  const sights = (["CLERK", "REVIEWER", "PROVINCE", "AUDITOR", "ADMIN"] as const).map(
    (role) =>
    (["draft", "submitted", "returned", "approved", "voided"] as const).map((status) => sightOf(at(role), record(status))), // prettier-ignore
  );
  expect(sights).toEqual([
    ["open", "masked", "open", "masked", "masked"],
    Array(5).fill("masked"),
    Array(5).fill("sums"),
    Array(5).fill("sums"),
    Array(5).fill("sums"),
  ]);
  expect(sightOf(at("CLERK", "/1/5/24/"), record("draft"))).toBe("sums");
});

test("a reversal has no roster to write", () => {
  expect(mayWriteRoster(at("CLERK"), record("draft"))).toBe(true);
  expect(mayWriteRoster(at("CLERK"), { ...record("draft"), entryKind: "reversal" as never })).toBe(
    false,
  );
});

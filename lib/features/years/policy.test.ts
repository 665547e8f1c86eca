import type { Actor, OrganisationKind, Role } from "@/lib/kernel/actor";
import { ROLES } from "@/lib/kernel/actor";
import { expect, test } from "vitest";
import { closesFrom, decide } from "./policy";

const actor = (role: Role, kind: OrganisationKind): Actor => ({
  userId: "u",
  username: "u",
  nameZh: "甲",
  nameEn: "A",
  isDemo: false,
  memberships: [
    { role, kind, path: "/1/", organisationId: 1, code: "630000", nameZh: "省", nameEn: "P" },
  ],
});

test("years are opened and closed by provincial staff at the province; an administrator there may open one", () => {
  for (const role of ROLES)
    for (const kind of ["PROVINCE", "PREFECTURE", "COUNTY"] as const) {
      const expected = role === "PROVINCE" && kind === "PROVINCE" ? null : "FORBIDDEN";
      expect(decide(actor(role, kind), "close", "open"), `${role} ${kind}`).toBe(expected);
      const opening = role === "ADMIN" && kind === "PROVINCE" ? null : expected;
      expect(decide(actor(role, kind), "open", null), `${role} ${kind}`).toBe(opening);
    }
});

test("whatever else the person does", () => {
  const clerk = actor("CLERK", "COUNTY");
  const province = actor("PROVINCE", "PROVINCE");
  const both = { ...clerk, memberships: [...clerk.memberships, ...province.memberships] };
  expect(decide(both, "close", "open")).toBeNull();
});

test("a year is closed when it has ended, in China", () => {
  expect(closesFrom(2026, "2026-12-31")).toBe("2027-01-01");
  expect(closesFrom(2027, "2026-12-31")).toBe("2028-01-01");
  expect(closesFrom(2026, "2027-01-01")).toBeNull();
});

test("a year is closed once and opened once", () => {
  const province = actor("PROVINCE", "PROVINCE");
  expect(decide(province, "close", "closed")).toBe("YEAR_CLOSED");
  expect(decide(province, "close", null)).toBe("NOT_FOUND");
  expect(decide(province, "open", "open")).toBe("CONFLICT");
  expect(decide(province, "open", "closed")).toBe("CONFLICT");
});

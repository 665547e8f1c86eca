import { describe, expect, test } from "vitest";
import { ROLES, type Actor, type OrganisationKind, type Role } from "@/lib/kernel/actor";
import { grantFault, requireAdmin, requireOther } from "./policy";

const actor = (role: Role): Actor => ({
  userId: "me",
  username: "me",
  nameZh: "甲",
  nameEn: "A",
  isDemo: false,
  memberships: [
    { role, path: "/1/", organisationId: 1, code: "630000", kind: "PROVINCE", nameZh: "省", nameEn: "P" }, // prettier-ignore
  ],
});
const forbidden = expect.objectContaining({ code: "FORBIDDEN" });

describe("accounts and lists are kept", () => {
  test("by administrators alone", () => {
    expect(() => requireAdmin(actor("ADMIN"))).not.toThrow();
    for (const role of ROLES.filter((one) => one !== "ADMIN"))
      expect(() => requireAdmin(actor(role)), role).toThrow(forbidden);
  });

  test("by another than the account's own", () => {
    expect(() => requireOther(actor("ADMIN"), "other")).not.toThrow();
    expect(() => requireOther(actor("ADMIN"), "me")).toThrow(forbidden);
    expect(() => requireOther(actor("PROVINCE"), "other")).toThrow(forbidden);
  });
});

describe("a role", () => {
  const kinds: OrganisationKind[] = ["PROVINCE", "PREFECTURE", "COUNTY", "GRASS_ROOTS"];

  test("of the province is held at the province", () => {
    for (const role of ROLES)
      for (const kind of kinds) {
        const provincial = role === "PROVINCE" || role === "ADMIN";
        const expected =
          provincial && kind !== "PROVINCE"
            ? { field: "organisation", fault: { key: "roleAtProvince" } }
            : null;
        expect(grantFault(role, kind, []), `${role} ${kind}`).toEqual(expected);
      }
  });

  test("is not held beside that of an administrator, whichever came first", () => {
    const alone = { field: "role", fault: { key: "adminAlone" } };
    expect(grantFault("ADMIN", "PROVINCE", ["AUDITOR"])).toEqual(alone);
    expect(grantFault("AUDITOR", "PROVINCE", ["ADMIN"])).toEqual(alone);
    expect(grantFault("CLERK", "COUNTY", ["REVIEWER", "ADMIN"])).toEqual(alone);
    expect(grantFault("CLERK", "COUNTY", ["REVIEWER"])).toBeNull();
    expect(grantFault("ADMIN", "PROVINCE", ["ADMIN"])).toBeNull();
  });
});

import { expect, test } from "vitest";
import { ROLES, type Actor, type OrganisationKind, type Role } from "@/lib/kernel/actor";
import { mayAsk, requireAsker } from "./policy";

const actor = (...held: [Role, OrganisationKind][]): Actor => ({
  userId: "u",
  username: "u",
  nameZh: "甲",
  nameEn: "A",
  isDemo: false,
  memberships: held.map(([role, kind]) => ({
    role,
    kind,
    path: "/1/",
    organisationId: 1,
    code: "630000",
    nameZh: "省",
    nameEn: "P",
  })),
});

test("the nightly check is asked for by administrators and by auditors of the province, and nobody else", () => {
  for (const role of ROLES)
    for (const kind of ["PROVINCE", "PREFECTURE", "COUNTY"] as const) {
      const expected = role === "ADMIN" || (role === "AUDITOR" && kind === "PROVINCE");
      const person = actor([role, kind]);
      expect(mayAsk(person, "invariants"), `${role} ${kind}`).toBe(expected);
      const ask = () => requireAsker(person, "invariants");
      if (expected) expect(ask).not.toThrow();
      else expect(ask).toThrow(expect.objectContaining({ code: "FORBIDDEN" }));
    }
  expect(mayAsk(actor(["CLERK", "COUNTY"], ["AUDITOR", "PROVINCE"]), "invariants")).toBe(true);
  expect(mayAsk(actor(["CLERK", "PROVINCE"], ["AUDITOR", "COUNTY"]), "invariants")).toBe(false);
});

import { expect, test } from "vitest";
import { hasRole, holdsRole, type Actor } from "./actor";

const actor: Actor = {
  userId: "u",
  username: "u",
  nameZh: "u",
  nameEn: "u",
  isDemo: false,
  memberships: [
    {
      role: "REVIEWER",
      organisationId: 2,
      path: "/1/2/",
      code: "630100",
      kind: "PREFECTURE",
      nameZh: "",
      nameEn: "",
    },
    {
      role: "AUDITOR",
      organisationId: 7,
      path: "/1/7/",
      code: "632200",
      kind: "PREFECTURE",
      nameZh: "",
      nameEn: "",
    },
  ],
};

test("a role reaches its own subtree: not above it, not beside it, not a neighbour with a longer number", () => {
  const holds = (path: string) => holdsRole(actor, ["REVIEWER"], path);
  expect([holds("/1/2/"), holds("/1/2/23/")]).toEqual([true, true]);
  expect([holds("/1/"), holds("/1/3/"), holds("/1/23/")]).toEqual([false, false, false]);
});

test("each role counts where it is held, and nowhere else", () => {
  expect(holdsRole(actor, ["REVIEWER", "AUDITOR"], "/1/7/23/")).toBe(true);
  expect(holdsRole(actor, ["REVIEWER"], "/1/7/23/")).toBe(false);
  expect(holdsRole({ ...actor, memberships: [] }, ["REVIEWER"], "/1/2/")).toBe(false);
});

test("one role is not another", () => {
  expect(hasRole(actor, ["REVIEWER", "CLERK"])).toBe(true);
  expect(hasRole(actor, ["CLERK"])).toBe(false);
  expect(holdsRole(actor, ["PROVINCE"], "/1/2/")).toBe(false);
});

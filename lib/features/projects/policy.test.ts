import { expect, test } from "vitest";
import type { Actor, Role } from "@/lib/kernel/actor";
import { allowedActions, decide, type ProjectSubject } from "./policy";
import type { PROJECT_ACTIONS } from "./types";
import { PROJECT_STATUSES } from "./types";

const PLACES = { province: "/1/", prefecture: "/1/2/", county: "/1/2/3/", elsewhere: "/1/4/5/" };

const actor = (role: Role, place: keyof typeof PLACES, userId = `${role} of ${place}`): Actor => ({
  ...{ userId, username: "x", nameZh: "x", nameEn: "x", isDemo: false },
  memberships: [
    {
      ...{ role, organisationId: 1, path: PLACES[place], code: "x", kind: "COUNTY" },
      ...{ nameZh: "x", nameEn: "x" },
    },
  ],
});

const of: ProjectSubject = {
  organisationPath: PLACES.county,
  status: "declared",
  declaredBy: "somebody",
  yearOpen: true,
  hasMoney: false,
};
const everybody = (["CLERK", "REVIEWER", "PROVINCE", "AUDITOR", "ADMIN"] as const).flatMap((role) =>
  (Object.keys(PLACES) as (keyof typeof PLACES)[]).map((place) => actor(role, place)),
);
const whoMay = (action: (typeof PROJECT_ACTIONS)[number], subject: ProjectSubject) =>
  everybody.filter((one) => decide(one, action, subject) === null).map(({ userId }) => userId);

const CLERKS = ["CLERK of province", "CLERK of prefecture", "CLERK of county"];
const ABOVE = [
  ...["REVIEWER of province", "REVIEWER of prefecture"],
  ...["PROVINCE of province", "PROVINCE of prefecture", "PROVINCE of county"],
];

test("clerks declare and take back, those above approve, close and void", () => {
  expect(whoMay("create", of)).toEqual(CLERKS);
  expect(whoMay("approve", of)).toEqual(ABOVE);
  expect(whoMay("void", of).sort()).toEqual([...CLERKS, ...ABOVE].sort());
  expect(whoMay("close", of)).toEqual([]);
  const approved = { ...of, status: "approved" as const };
  expect(whoMay("approve", approved)).toEqual([]);
  expect(whoMay("close", approved)).toEqual(ABOVE);
  expect(whoMay("void", approved)).toEqual(ABOVE);
  for (const status of ["closed", "voided"] as const)
    for (const action of ["approve", "close", "void"] as const)
      expect(whoMay(action, { ...of, status })).toEqual([]);
});

test("nobody approves what they declared, nothing moves in a closed year, none is voided that has money", () => {
  const province = actor("PROVINCE", "province");
  expect(decide(province, "approve", { ...of, declaredBy: province.userId })).toBe("OWN_ENTRY");
  for (const status of PROJECT_STATUSES)
    expect(allowedActions(province, { ...of, status, yearOpen: false })).toEqual([]);
  expect(decide(province, "approve", { ...of, yearOpen: false })).toBe("YEAR_CLOSED");
  expect(decide(province, "void", { ...of, status: "approved", hasMoney: true })).toBe("HAS_MONEY");
});

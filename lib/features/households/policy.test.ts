import { expect, test } from "vitest";
import { ROLES, type Actor, type Role } from "@/lib/kernel/actor";
import { mayFile, mayReadFiles, sightOf } from "./policy";

const HERE = "/1/2/3/";
const actor = (role: Role, path: string): Actor => ({
  ...{ userId: "x", username: "x", nameZh: "", nameEn: "", isDemo: false },
  memberships: [
    { role, organisationId: 3, path, code: "", kind: "COUNTY", nameZh: "", nameEn: "" },
  ],
});

test("who sees what of a file, by role, place and status", () => {
  const seen = ROLES.flatMap((role) =>
    [HERE, "/1/2/", "/1/2/4/"].flatMap((path) =>
      (["open", "lifted", "closed"] as const).map((status) => {
        const subject = { organisationPath: HERE, status, forgotten: false };
        return `${role} ${path} ${status} ${sightOf(actor(role, path), subject)}`;
      }),
    ),
  ).filter((line) => !line.endsWith("null"));
  expect(seen).toEqual([
    "CLERK /1/2/3/ open open",
    "CLERK /1/2/3/ lifted open",
    "CLERK /1/2/3/ closed masked",
    "CLERK /1/2/ open open",
    "CLERK /1/2/ lifted open",
    "CLERK /1/2/ closed masked",
    "REVIEWER /1/2/3/ open masked",
    "REVIEWER /1/2/3/ lifted masked",
    "REVIEWER /1/2/3/ closed masked",
    "REVIEWER /1/2/ open masked",
    "REVIEWER /1/2/ lifted masked",
    "REVIEWER /1/2/ closed masked",
  ]);
  expect(ROLES.filter((role) => mayReadFiles(actor(role, HERE)))).toEqual(["CLERK", "REVIEWER"]);
  expect(ROLES.filter((role) => mayFile(actor(role, HERE), HERE))).toEqual(["CLERK"]);
});

test("what was emptied is changed by nobody", () => {
  const subject = { organisationPath: HERE, status: "lifted", forgotten: true } as const;
  expect(ROLES.map((role) => sightOf(actor(role, HERE), subject))).toEqual([
    "masked",
    "masked",
    null,
    null,
    null,
  ]);
});

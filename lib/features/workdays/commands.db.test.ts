import { expect, test } from "vitest";
import { testActors } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import { as } from "@/testing/records";
import { putWorkdays } from "./commands";
import { findWorkdays } from "./queries";

const actors = testActors(await testDatabase());

const endOf = async (posted: string) => {
  const { rows } = await actors.owner.query<{ ends: string; known: boolean }>(
    "SELECT ends_on::text AS ends, known FROM guard.notice_end($1)",
    [posted],
  );
  return rows[0];
};

test.each([
  // 1–7 October off, 20 September and 10 October worked
  ["2026-09-28", "2026-10-10", true],
  ["2026-11-20", "2026-11-27", true],
  // 15–23 February off, 14 and 28 February worked
  ["2026-02-13", "2026-02-27", true],
  // nobody has given out the holidays of 2098
  ["2097-12-30", "2098-01-06", false],
])("five working days from %s end on %s; known: %s", async (posted, ends, known) => {
  expect(await endOf(posted)).toEqual({ ends, known });
});

test("a year that is entered is known, once, and what was entered wrong is corrected", async () => {
  const admin = await actors.admin();
  const put = (version: number, restDays: string[]) =>
    as(admin).write((c) =>
      putWorkdays({
        ...{ tx: c.tx, db: c.db, actor: c.actor, params: { year: 2097 } },
        body: { version, source: "通知", restDays, workDays: ["2097-12-28"] },
      }),
    );
  const before = await endOf("2097-12-20");
  expect(before).toEqual({ ends: "2097-12-27", known: false });
  await put(0, ["2097-12-23"]);
  expect(await endOf("2097-12-20")).toEqual({ ends: "2097-12-28", known: true });
  await expect(put(0, [])).rejects.toMatchObject({ code: "STALE" });
  await expect(put(1, ["2097-12-28"])).rejects.toMatchObject({ code: "VALIDATION" });
  await put(1, []);
  expect(await as(admin).read(({ db }) => findWorkdays(db, 2097))).toMatchObject({
    version: 2,
    restDays: [],
  });
});

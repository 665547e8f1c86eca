import { beforeAll, describe, expect, test } from "vitest";
import { readCheckpoint } from "@/lib/kernel/checkpoint";
import { testActors } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import type { LawFixture } from "@/testing/law-fixture";
import { testLaws, type Law } from "@/testing/laws";

const database = await testDatabase();
const { dropTrigger, lawFixture } = await import("@/testing/law-fixture");
const { checkpointKey, latestCheckpoint, writeCheckpoints } =
  await import("@/lib/platform/checkpoint");
const { openNote } = await import("@/lib/platform/signed-note");
const { readAs, writeAs } = await import("@/lib/platform/db");
const { callGuard } = await import("@/lib/platform/guard");
const { closeYear } = await import("@/lib/features/years/commands");
const { approvedRecord } = await import("@/testing/records");
const actors = testActors(database);
const { owner } = actors;
const everywhere = { rows: callGuard };
let f: LawFixture;
beforeAll(async () => {
  f = await lawFixture(actors);
  await writeCheckpoints(everywhere, "HOURLY");
});

const text = async (query: string, values: unknown[] = []) =>
  Object.values((await owner.query<Record<string, string>>(query, values)).rows[0] ?? {})[0];

const KEEP = "guard.keep_checkpoint(int, bigint, text, timestamptz, text, text, text)";
const laws: Law<LawFixture>[] = [
  {
    law: "a checkpoint tells of a head that is on the chain",
    by: () => f.clerk.session,
    attempt: async (run) => {
      await run(
        "SELECT guard.keep_checkpoint(1, 1, repeat('0', 64), now(), repeat('0', 64), 'ON_DEMAND', 'x')",
      );
    },
    outcome: "NZ012",
    without: `DO $do$ BEGIN EXECUTE replace(pg_get_functiondef('${KEEP}'::regprocedure), 'IF NOT FOUND', 'IF false'); END $do$`,
  },
  {
    law: "a checkpoint is not written past its guard",
    by: () => f.province.session,
    attempt: async (run) => {
      await run(
        `INSERT INTO checkpoints (id, root_id, size, head, at, figures, occasion, note)
         VALUES (0, 1, 1, repeat('0', 64), now(), repeat('0', 64), 'HOURLY', 'x')`,
      );
    },
    outcome: "42501",
    without:
      "GRANT INSERT ON checkpoints TO nuanzhang_app; ALTER TABLE checkpoints DISABLE ROW LEVEL SECURITY",
  },
  ...["UPDATE checkpoints SET size = 1", "DELETE FROM checkpoints"].map(
    (change): Law<LawFixture> => ({
      law: `a checkpoint stays: ${change.split(" ")[0]}`,
      by: () => null,
      role: "owner",
      attempt: async (run) => {
        await run(change);
      },
      outcome: "NZ004",
      without: dropTrigger("append_only", "checkpoints"),
    }),
  ),
  {
    law: "who works under another root sees no checkpoint",
    by: () => null,
    attempt: async (run) =>
      (await run("SELECT FROM checkpoints")).length > 0 ? "seen" : "nothing",
    outcome: "nothing",
    without: "ALTER TABLE checkpoints DISABLE ROW LEVEL SECURITY",
    then: "seen",
  },
];
testLaws(database, () => f, laws);

describe("a checkpoint", () => {
  test("is signed, kept, and of the chain's head", async () => {
    const [note = ""] = await writeCheckpoints(everywhere, "ON_DEMAND");
    const opened = openNote(note, checkpointKey());
    const read = readCheckpoint("text" in opened ? opened.text : "");
    const { rows } = await owner.query<{ size: string; head: string }>(
      "SELECT position AS size, hash AS head FROM audit_entries ORDER BY position DESC LIMIT 1",
    );
    expect(read).toMatchObject({ origin: "630000", head: rows[0]?.head });
    expect(String(read?.size)).toBe(rows[0]?.size);
    expect(await text("SELECT note FROM checkpoints ORDER BY id DESC LIMIT 1")).toBe(note);
    const printed = await readAs(f.stranger.session, ({ db }) => latestCheckpoint(db));
    expect(printed).toEqual(read);
  });

  test("is opened with the key that everybody is given", async () => {
    const { GET } = await import("@/app/.well-known/nuanzhang-checkpoint-key/route");
    const answer = GET();
    expect(answer.headers.get("content-type")).toBe("text/plain; charset=utf-8");
    expect(await answer.text()).toBe(`${checkpointKey()}\n`);
  });

  test("fixes the figures: rollup and records give one digest, folded or not, then and later", async () => {
    const [size, now] = [
      await text("SELECT max(position)::text FROM audit_entries"),
      await text("SELECT guard.figures_digest(1)"),
    ];
    expect(await text("SELECT guard.figures_digest(1, $1)", [size])).toBe(now);
    await owner.query("SELECT guard.fold_figures()");
    expect(await text("SELECT guard.figures_digest(1)")).toBe(now);
    await approvedRecord(f.clerk, f.reviewer);
    expect(await text("SELECT guard.figures_digest(1)")).not.toBe(now);
    expect(await text("SELECT guard.figures_digest(1, $1)", [size])).toBe(now);
  });

  test("is made when a year is closed, and has the closing behind it", async () => {
    const { version } = (
      await owner.query<{ version: number }>("SELECT version FROM years WHERE year = 2024")
    ).rows[0] ?? { version: 0 };
    await writeAs(f.province.session, (context) =>
      closeYear({ ...context, now: new Date(), year: 2024, input: { version, acceptOpen: true } }),
    );
    expect(
      await text(
        `SELECT a.action || ' ' || c.occasion FROM checkpoints c
         JOIN audit_entries a ON a.root_id = c.root_id AND a.position = c.size ORDER BY c.id DESC LIMIT 1`,
      ),
    ).toBe("year.close YEAR_CLOSE");
  });
});

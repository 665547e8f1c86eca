import { beforeAll, expect, test } from "vitest";
import { figureFilterSchema } from "@/lib/features/filter/schema";
import { FIGURE_DEFINITION } from "@/lib/features/figures/rules";
import { freezeView } from "@/lib/features/frozen/commands";
import { pageQuery } from "@/lib/features/views/schema";
import { testActors, type TestPerson } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import { dice, openOffice } from "@/testing/office";
import { drawAxes, drawFilter, DRAWN_PLACES } from "@/testing/random-filters";
import { as } from "@/testing/records";

// The night counts what views froze from the records, in words of its own: it says the same as the application, under
// conditions drawn at random, whatever was written since.
const VIEWS = 80;
const database = await testDatabase();
const actors = testActors(database);
const { owner } = actors;
let province: TestPerson;

/** Conditions as an address of the cross table has them; null where it has none such. */
function drawnQuery(roll: ReturnType<typeof dice>): string | null {
  const { filter } = drawFilter(roll, ["spring-2025"]);
  const [rows, columns] = drawAxes(roll);
  const { status: _approvedAlone, ...said } = filter;
  // a page of figures is of one place
  if ([said.org].flat().length > 1) return null;
  const given = Object.entries({ year: 2026, ...said, rows, columns }).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)]],
  );
  return pageQuery("cross", new URLSearchParams(given).toString());
}

async function frozen(query: string, name: string): Promise<void> {
  const { rows } = await owner.query<{ id: string }>(
    "INSERT INTO saved_views (owner_id, page, name, query) VALUES ($1, 'CROSS', $2, $3) RETURNING id::text",
    [province.userId, name, query],
  );
  await as(province).write((context) =>
    freezeView({ ...context, params: { id: rows[0]?.id ?? "" }, body: { version: 1 } }),
  );
}

beforeAll(async () => {
  province = await actors.province();
  await owner.query(
    `INSERT INTO campaigns (code, name_zh, name_en, organisation_id, programme_id, starts_on, ends_on)
     SELECT 'spring-2025', '送清凉', 'x', o.id, p.id, date '2024-01-01', date '2026-12-31'
     FROM organisations o, programmes p WHERE o.code = '630000' AND p.code = 'cool-summer'`,
  );
  const office = await openOffice(database, {
    clerk: await actors.clerk("630000"),
    reviewer: await actors.province(),
    organisations: DRAWN_PLACES,
  });
  await office.deeds(500, dice(2031));
  const roll = dice(8);
  for (let made = 0; made < VIEWS;) {
    const query = drawnQuery(roll);
    if (query === null) continue;
    await frozen(query, `数 ${++made}`);
  }
  await office.deeds(150, dice(2032));
  await office.close();
}, 240_000);

test("every version frozen under drawn conditions is what its records give, to the fen and in every count", async () => {
  const { rows } = await owner.query(
    `SELECT f.query, d.* FROM frozen_views f, guard.frozen_view_differences(ROW(f.*)::frozen_views) AS d LIMIT 20`,
  );
  expect(rows).toEqual([]);
  const kept = await owner.query<{ some: string; lines: string }>(
    `SELECT count(*) FILTER (WHERE (payload::jsonb #>> '{totals,records}')::int > 0) AS some,
       sum(jsonb_array_length(payload::jsonb #> '{axes,0,rows}')) AS lines FROM frozen_figures`,
  );
  expect(Number(kept.rows[0]?.some)).toBeGreaterThan(VIEWS / 3);
  expect(Number(kept.rows[0]?.lines)).toBeGreaterThan(VIEWS);
  const later = await owner.query(
    `SELECT FROM ledger_entries l WHERE l.seq > (SELECT max(seq) FROM frozen_views)`,
  );
  expect(later.rowCount).toBeGreaterThan(5);
});

test("it knows every condition that a figure may have, and counts by the same rules", async () => {
  const { rows } = await owner.query(
    "SELECT guard.known_conditions() AS known, guard.figure_definition() AS definition",
  );
  const [{ known, definition }] = rows as [{ known: string[]; definition: number }];
  expect(Object.keys(figureFilterSchema.shape).filter((name) => !known.includes(name))).toEqual([]);
  expect(definition).toBe(FIGURE_DEFINITION);
});

test.each([
  ["a condition that it does not know", "UPDATE frozen_views SET query = query || '&unheard=1'"],
  ["another year", "UPDATE frozen_views SET query = regexp_replace(query, 'year=20', 'year=19')"],
  [
    "a record that counts otherwise",
    "UPDATE disbursements SET packs = coalesce(packs, 0) + 1 WHERE entry_kind <> 'REVERSAL'",
  ],
])("%s is a difference", async (_, plant) => {
  await owner.query("BEGIN");
  try {
    await owner.query("SET LOCAL session_replication_role = replica");
    await owner.query(plant);
    const { rows } = await owner.query<{ faults: string }>(
      "SELECT guard.faults_of_frozen_views_stand() AS faults",
    );
    expect(Number(rows[0]?.faults)).toBeGreaterThan(VIEWS / 3);
  } finally {
    await owner.query("ROLLBACK");
  }
});

test("where time is short, every digest is held all the same", async () => {
  const faults = async () =>
    (await owner.query("SELECT guard.faults_of_frozen_views_stand()::int AS faults")).rows;
  await owner.query("BEGIN");
  try {
    await owner.query("SET LOCAL session_replication_role = replica");
    await owner.query(
      "CREATE OR REPLACE FUNCTION guard.recount_time() RETURNS interval LANGUAGE sql IMMUTABLE RETURN interval '0'",
    );
    await owner.query(
      "UPDATE disbursements SET packs = coalesce(packs, 0) + 1 WHERE entry_kind <> 'REVERSAL'",
    );
    expect(await faults()).toEqual([{ faults: 0 }]);
    await owner.query("UPDATE frozen_views SET seq = seq - 1 WHERE id % 2 = 0");
    expect(await faults()).toEqual([{ faults: VIEWS / 2 }]);
  } finally {
    await owner.query("ROLLBACK");
  }
});

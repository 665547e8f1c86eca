import { beforeAll } from "vitest";
import { freezeView } from "@/lib/features/frozen/commands";
import { testActors, type TestPerson } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import type { LawFixture } from "@/testing/law-fixture";
import { rewrite, testLaws, type Law, type Run } from "@/testing/laws";
import { as } from "@/testing/records";

const database = await testDatabase();
const { lawFixture } = await import("@/testing/law-fixture");
const actors = testActors(database);
let f: LawFixture;
/** Somebody of the prefecture above the clerk's county, who shares a view of all of it and froze it. */
let above: TestPerson;
let shared = "";
let ledger = "";

const VIEW = `INSERT INTO saved_views (owner_id, page, name, query, shared_with_id)
  VALUES ($1, $2, $3, 'year=2026', (SELECT id FROM organisations WHERE code = '630100')) RETURNING id::text`;

beforeAll(async () => {
  f = await lawFixture(actors);
  above = await actors.reviewer("630100");
  const made = async (page: string, name: string) =>
    (await actors.owner.query<{ id: string }>(VIEW, [above.userId, page, name])).rows[0]?.id ?? "";
  shared = await made("DASHBOARD", "全市");
  ledger = await made("LEDGER", "台账");
  await as(above).write((context) =>
    freezeView({ ...context, params: { id: shared }, body: { version: 1 } }),
  );
}, 120_000);

type Over = {
  view?: string;
  place?: string;
  /** Added to the chain's head. */
  seq?: number;
  said?: object;
  figures?: boolean;
  digestOf?: string;
  audited?: boolean;
};

/** A version as the application keeps one, but for what the attempt says otherwise. */
async function freeze(run: Run, over: Over = {}): Promise<void> {
  const { view = shared, place = "630100", figures = true, audited = true } = over;
  const query = `year=2026&org=${place}`;
  const [made] = await run(
    `INSERT INTO frozen_views (view_id, place_id, query, seq, definition)
     SELECT $1, (SELECT id FROM organisations WHERE code = $2), $3, h.seq + $4, 1 FROM guard.chain_head() h
     RETURNING id::text, seq::text`,
    [view, place, query, over.seq ?? 0],
  );
  const seq = Number(made?.["seq"]);
  const payload = JSON.stringify({ seq, definition: 1, place, query, ...over.said });
  if (figures)
    await run(
      `INSERT INTO frozen_figures (frozen_id, payload, sha256)
       VALUES ($1, $2, encode(sha256(convert_to($3, 'UTF8')), 'hex'))`,
      [made?.["id"], payload, over.digestOf ?? payload],
    );
  if (audited)
    await run("SELECT guard.append_audits('{frozen-view.create}', ARRAY[$1], '{\"{}\"}')", [
      made?.["id"],
    ]);
}

const found = (table: "frozen_views" | "frozen_figures") => async (run: Run) =>
  (await run(`SELECT FROM ${table}`)).length > 0 ? "found" : "nothing";

const OPEN = `DROP POLICY with_the_view ON frozen_views; DROP POLICY whole_place ON frozen_figures;
  CREATE POLICY anybody ON frozen_views FOR SELECT TO nuanzhang_app USING (true);
  CREATE POLICY anybody ON frozen_figures FOR SELECT TO nuanzhang_app USING (true)`;
const OPEN_TO_WRITE = `DROP POLICY owner_freezes ON frozen_views; DROP POLICY owner_freezes ON frozen_figures;
  CREATE POLICY anybody_freezes ON frozen_views FOR INSERT TO nuanzhang_app WITH CHECK (true);
  CREATE POLICY anybody_freezes ON frozen_figures FOR INSERT TO nuanzhang_app WITH CHECK (true)`;
const guardOf = (from: string, to: string) => rewrite("before_frozen_view()", from, to);

const readers: Law<LawFixture>[] = [
  {
    law: "whoever may open the view reads the stamp",
    by: () => f.clerk.session,
    attempt: found("frozen_views"),
    outcome: "found",
    without: "DROP POLICY with_the_view ON frozen_views",
    then: "nothing",
  },
  {
    law: "but of the figures nothing, as they are of a wider place than theirs",
    by: () => f.clerk.session,
    attempt: found("frozen_figures"),
    outcome: "nothing",
    without: OPEN,
    then: "found",
  },
  {
    law: "whoever reads the whole place reads the figures",
    by: () => above.session,
    attempt: found("frozen_figures"),
    outcome: "found",
    without: "DROP POLICY whole_place ON frozen_figures",
    then: "nothing",
  },
  ...(
    [
      ["somebody elsewhere", () => f.stranger.session],
      ["the province, with which it is not shared,", () => f.province.session],
      ["an administrator", () => f.admin.session],
      ["nobody", () => null],
    ] as const
  ).flatMap(([who, by]) =>
    (["frozen_views", "frozen_figures"] as const).map((table): Law<LawFixture> => ({
      law: `${who} reads none of ${table}`,
      by,
      attempt: found(table),
      outcome: "nothing",
      without: OPEN,
      then: "found",
    })),
  ),
  {
    law: "of a removed view nothing is shown any more",
    by: () => above.session,
    role: "owner",
    attempt: async (run) => {
      await run(
        `UPDATE saved_views SET version = version + 1, removed_at = now(), name = '', query = '', shared_with_id = NULL
         WHERE id = $1`,
        [shared],
      );
      await run("SET LOCAL ROLE nuanzhang_app");
      const seen = await found("frozen_figures")(run);
      await run("RESET ROLE");
      return seen;
    },
    outcome: "nothing",
    without: OPEN,
    then: "found",
  },
];

const writers: Law<LawFixture>[] = [
  {
    law: "its owner freezes a view again",
    by: () => above.session,
    attempt: (run) => freeze(run),
    outcome: "accepted",
    without: "DROP POLICY owner_freezes ON frozen_views",
    then: "42501",
  },
  {
    law: "nobody freezes another's view",
    by: () => f.clerk.session,
    attempt: (run) => freeze(run, { place: "630123" }),
    outcome: "42501",
    without: `${guardOf('v.owner_id = NEW."by" AND', "")}; ${OPEN_TO_WRITE}`,
  },
  {
    law: "a view of the ledger has no figures to freeze",
    by: () => above.session,
    attempt: (run) => freeze(run, { view: ledger }),
    outcome: "42501",
    without: guardOf("v.page IN ('DASHBOARD', 'CROSS')", "true"),
  },
  {
    law: "nobody freezes figures of a place they do not read",
    by: () => above.session,
    attempt: (run) => freeze(run, { place: "630000" }),
    outcome: "42501",
    without: guardOf("NOT guard.reads(NEW.place_id)", "false"),
  },
  {
    law: "a position that has not come is none",
    by: () => above.session,
    attempt: (run) => freeze(run, { seq: 1000 }),
    outcome: "23514",
    without: guardOf(
      "SELECT p.root_id, p.at INTO NEW.root_id, NEW.at FROM guard.position_at(NULL, NEW.seq) p WHERE p.seq = NEW.seq",
      "SELECT guard.root_of_session(), now() INTO NEW.root_id, NEW.at",
    ),
  },
  ...(
    [
      ["position", { seq: 1 }],
      ["definition", { definition: 2 }],
      ["place", { place: "630000" }],
      ["conditions", { query: "year=2025&org=630100" }],
    ] as const
  ).map(([what, said]): Law<LawFixture> => ({
    law: `figures of another ${what} are not kept under a stamp`,
    by: () => above.session,
    attempt: (run) => freeze(run, { said }),
    outcome: "23514",
    without: "DROP TRIGGER before_frozen_figures ON frozen_figures",
  })),
  {
    law: "a digest is of the kept figures",
    by: () => above.session,
    attempt: (run) => freeze(run, { digestOf: "else" }),
    outcome: "23514",
    without: "ALTER TABLE frozen_figures DROP CONSTRAINT frozen_digest",
  },
  {
    law: "no stamp without figures",
    by: () => above.session,
    attempt: (run) => freeze(run, { figures: false }),
    outcome: "23514",
    without: "DROP TRIGGER keeps_figures ON frozen_views",
  },
  {
    law: "no stamp without its entry",
    by: () => above.session,
    attempt: (run) => freeze(run, { audited: false }),
    outcome: "NZ008",
    without: "DROP TRIGGER audited ON frozen_views",
  },
  {
    law: "a view has fifty versions at most",
    by: () => above.session,
    role: "owner",
    attempt: async (run) => {
      await run(
        `INSERT INTO frozen_views (view_id, place_id, query, seq, definition)
         SELECT $1, (SELECT id FROM organisations WHERE code = '630100'), '', h.seq, 1
         FROM guard.chain_head() h, generate_series(1, 50)`,
        [shared],
      );
    },
    outcome: "NZ011",
    without: rewrite("most_frozen_views()", "50", "60"),
    // and then: none of them keeps figures
    then: "23514",
  },
];

const unchanging: Law<LawFixture>[] = [
  {
    law: "nobody writes another figure into what was frozen",
    by: () => above.session,
    role: "owner",
    attempt: async (run) => {
      await run(
        "UPDATE frozen_figures SET payload = '{}', sha256 = encode(sha256('{}'::bytea), 'hex')",
      );
    },
    outcome: "NZ004",
    without: "DROP TRIGGER append_only ON frozen_figures",
  },
  {
    law: "nobody gives it another stamp",
    by: () => above.session,
    role: "owner",
    attempt: async (run) => {
      await run("UPDATE frozen_views SET seq = 1");
    },
    outcome: "NZ004",
    without: "DROP TRIGGER append_only ON frozen_views",
  },
  {
    law: "nobody deletes it",
    by: () => above.session,
    role: "owner",
    attempt: async (run) => {
      await run("DELETE FROM frozen_figures");
    },
    outcome: "NZ004",
    without: "DROP TRIGGER append_only ON frozen_figures",
  },
  {
    law: "the application may not even try",
    by: () => above.session,
    attempt: async (run) => {
      await run("UPDATE frozen_figures SET payload = payload");
    },
    outcome: "42501",
    without: `GRANT UPDATE ON frozen_figures TO nuanzhang_app;
      CREATE POLICY anybody ON frozen_figures FOR UPDATE TO nuanzhang_app USING (true);
      DROP TRIGGER append_only ON frozen_figures`,
  },
];

testLaws(database, () => f, [...readers, ...writers, ...unchanging]);

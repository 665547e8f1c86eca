import { lawBook } from "@/testing/law-book";
import type { LawFixture } from "@/testing/law-fixture";
import { rewrite, testLaws, type Law, type Run } from "@/testing/laws";

const { database, f, clerk, dual } = await lawBook();
const { auditedAs, dropTrigger } = await import("@/testing/law-fixture");

const PROGRAMMES = `ARRAY(SELECT id FROM programmes WHERE code = ANY ($3) ORDER BY id)`;

/** Declared by hand, as whoever runs it. */
async function declare(
  run: Run,
  of: { organisation?: string; programmes?: string[]; year?: number; status?: string } = {},
) {
  // prettier-ignore
  const { organisation = "630123", programmes = [], year = 2026, status = "DECLARED" } = of;
  const rows = await run(
    `INSERT INTO projects (organisation_id, fiscal_year, name, fund_source_id, programme_ids, declared_fen, status, created_by, created_at)
     SELECT (SELECT id FROM organisations WHERE code = $1), $2, '困难职工帮扶',
       (SELECT id FROM fund_sources WHERE code = 'provincial-union'), ${PROGRAMMES}, 100, $4, guard.session_user_id(), now()
     RETURNING id::text`,
    [organisation, year, programmes, status],
  );
  const id = String(rows[0]?.["id"]);
  await auditedAs(run, "project.create", id);
  return id;
}

async function approve(run: Run, id: string, more = "") {
  await run(
    `UPDATE projects SET status = 'APPROVED', version = version + 1, approved_fen = 100, approval_document = '1号',
       approved_by = guard.session_user_id(), approved_at = now()${more} WHERE id = $1`,
    [id],
  );
  await auditedAs(run, "project.approve", id);
}

/** Whoever is named does the rest of the transaction. */
const become = (run: Run, { session }: { session: string }) =>
  run("SELECT set_config('app.session', $1, true)", [session]);

const arrive = async (run: Run, project: string, source = "provincial-union") => {
  const rows = await run(
    `INSERT INTO allotments (organisation_id, fiscal_year, fund_source_id, amount_fen, project_id, created_by, created_at)
     SELECT o.id, 2026, f.id, 100, $1, guard.session_user_id(), now() FROM organisations o, fund_sources f
     WHERE o.code = '630123' AND f.code = $2 RETURNING id::text`,
    [project, source],
  );
  await auditedAs(run, "allotment.create", String(rows[0]?.["id"]));
};

const cancel = async (run: Run, id: string) => {
  await run(
    `UPDATE projects SET status = 'VOIDED', version = version + 1, void_reason = '重复', voided_at = now(),
       voided_by = guard.session_user_id() WHERE id = $1`,
    [id],
  );
  await auditedAs(run, "project.void", id);
};

const NO_INSERT = dropTrigger("before_insert", "projects");
const NO_UPDATE = dropTrigger("before_update", "projects");
const NO_MONEY = dropTrigger("before_project_money", "allotments");

const laws: Law<LawFixture>[] = [
  {
    law: "a project begins as declared",
    by: clerk,
    attempt: async (run) => {
      await declare(run, { status: "VOIDED" });
    },
    outcome: "NZ007",
    without: NO_INSERT,
    then: "23514",
  },
  {
    law: "nothing is declared for a closed year",
    by: clerk,
    attempt: async (run) => {
      await declare(run, { year: 2025 });
    },
    outcome: "NZ005",
    without: NO_INSERT,
  },
  {
    law: "no two projects that stand share some of the same spending",
    by: clerk,
    attempt: async (run) => {
      await declare(run, { programmes: ["golden-autumn"] });
      await declare(run);
    },
    outcome: "NZ018",
    without: NO_INSERT,
  },
  {
    law: "a clerk declares for their own organisation alone",
    by: clerk,
    attempt: async (run) => {
      await declare(run, { organisation: "632222" });
    },
    outcome: "42501",
    without: "ALTER TABLE projects DISABLE ROW LEVEL SECURITY",
  },
  {
    law: "whoever declared a project does not approve it",
    by: dual,
    attempt: async (run) => {
      await approve(run, await declare(run));
    },
    outcome: "NZ003",
    without: NO_UPDATE,
    then: "23514",
  },
  {
    law: "those above decide of a project",
    by: clerk,
    attempt: async (run, x) => {
      const id = await declare(run);
      await become(run, x.colleague);
      await approve(run, id);
    },
    outcome: "NZ010",
    without: NO_UPDATE,
  },
  {
    law: "what was declared of a project stays",
    by: clerk,
    attempt: async (run, x) => {
      const id = await declare(run);
      await become(run, x.reviewer);
      await approve(run, id, ", declared_fen = 5");
    },
    outcome: "NZ004",
    without: NO_UPDATE,
  },
  {
    law: "a voided project is not approved",
    by: clerk,
    attempt: async (run, x) => {
      const id = await declare(run);
      await cancel(run, id);
      await become(run, x.reviewer);
      await approve(run, id, ", voided_by = NULL, voided_at = NULL, void_reason = NULL");
    },
    outcome: "NZ007",
    without: NO_UPDATE,
  },
  {
    law: "money arrives for an approved project alone",
    by: clerk,
    attempt: async (run, x) => {
      const id = await declare(run);
      await become(run, x.province);
      await arrive(run, id);
    },
    outcome: "23514",
    without: NO_MONEY,
  },
  {
    law: "money of another source is not a project's",
    by: clerk,
    attempt: async (run, x) => {
      const id = await declare(run);
      await become(run, x.province);
      await approve(run, id);
      await arrive(run, id, "county-union");
    },
    outcome: "23514",
    without: NO_MONEY,
  },
  {
    law: "a project for which money arrived is not voided",
    by: clerk,
    attempt: async (run, x) => {
      const id = await declare(run);
      await become(run, x.province);
      await approve(run, id);
      await arrive(run, id);
      await cancel(run, id);
    },
    outcome: "NZ019",
    without: rewrite(
      "before_project_update()",
      "IF EXISTS (SELECT FROM allotments a WHERE a.project_id = OLD.id AND a.voided_at IS NULL)",
      "IF false",
    ),
  },
  {
    law: "a project is not changed without its audit entry",
    by: clerk,
    attempt: async (run) => {
      await run(
        `INSERT INTO projects (organisation_id, fiscal_year, name, fund_source_id, programme_ids, declared_fen, created_by, created_at)
         SELECT o.id, 2026, '帮扶', 1, '{}', 100, guard.session_user_id(), now() FROM organisations o WHERE o.code = '630123'`,
      );
    },
    outcome: "NZ008",
    without: dropTrigger("audited", "projects"),
  },
];

testLaws(database, () => f, laws);

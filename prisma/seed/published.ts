import type pg from "pg";
import { createDisbursement } from "@/lib/features/disbursements/commands";
import { FINDING_RULES } from "@/lib/kernel/record-codes";
import { approveDisbursement, submitDisbursement } from "@/lib/features/steps/commands";
import { approveProject, createProject } from "@/lib/features/projects/commands";
import { appendAudits } from "@/lib/platform/audit";
import { sql, writeAs } from "@/lib/platform/db";
import {
  PUBLISHED_YEAR,
  publishedRows,
  type PublishedAllotment,
  type PublishedProject,
  type PublishedRow,
} from "./published-rows";
import { recordSeedRun } from "./reference";
import { endSessions, openSession, type SessionHash } from "./session";

const PROVINCE = "630000";
/** They enter, review and, above 500,000 yuan, approve once more. None of them can sign in. */
const IMPORTERS = [
  { username: "import.clerk", nameZh: "公开数据导入·经办", nameEn: "Import of published figures, clerk", role: "CLERK" }, // prettier-ignore
  { username: "import.reviewer", nameZh: "公开数据导入·审核", nameEn: "Import of published figures, reviewer", role: "REVIEWER" }, // prettier-ignore
  { username: "import.province", nameZh: "公开数据导入·省级", nameEn: "Import of published figures, province", role: "PROVINCE" }, // prettier-ignore
] as const;

type Importers = Record<(typeof IMPORTERS)[number]["role"], SessionHash>;

async function openImporters(owner: pg.Client): Promise<{ sessions: Importers; ids: string[] }> {
  const sessions: Importers = { CLERK: "", REVIEWER: "", PROVINCE: "" };
  const ids: string[] = [];
  for (const { username, nameZh, nameEn, role } of IMPORTERS) {
    const { rows } = await owner.query<{ id: string }>(
      `INSERT INTO users (username, name_zh, name_en, is_system) VALUES ($1, $2, $3, true)
       ON CONFLICT (username) DO UPDATE SET is_system = true RETURNING id`,
      [username, nameZh, nameEn],
    );
    const id = rows[0]?.id ?? "";
    // Before the session: a new membership ends the sessions opened under the old ones.
    await owner.query(
      `INSERT INTO memberships (user_id, organisation_id, role)
       SELECT $1, o.id, $2 FROM organisations o WHERE o.code = $3 AND NOT EXISTS (
         SELECT FROM memberships m WHERE m.user_id = $1 AND m.role = $2 AND m.revoked_at IS NULL)`,
      [id, role, PROVINCE],
    );
    sessions[role] = await openSession(owner, id);
    ids.push(id);
  }
  return { sessions, ids };
}

type Found = { id: string; status: string; version: number; given: number };

async function findImported(owner: pg.Client, ref: string): Promise<Found | undefined> {
  const { rows } = await owner.query<Found>(
    `SELECT id::text, status, version, approvals_given AS given FROM disbursements WHERE source_ref = $1`,
    [ref],
  );
  return rows[0];
}

/** Every soft finding has the same honest answer; only those that arise are kept. */
const ANSWERS = FINDING_RULES.map((rule) => ({
  rule,
  answer: "checked-correct" as const,
  words: "公开发表的数字，按原文录入。",
}));

/** One step nearer to approved, by whoever takes that step; false when there is none left. */
async function advance(
  sessions: Importers,
  row: PublishedRow,
  found: Found | undefined,
): Promise<boolean> {
  const now = new Date();
  if (!found) {
    const provenance = {
      origin: "published" as const,
      sourceRef: row.ref,
      sourceCitation: row.citation,
    };
    await writeAs(sessions.CLERK, (context) =>
      createDisbursement({ ...context, now, input: row.fields, provenance }),
    );
    return true;
  }
  const { id, version } = found;
  switch (found.status) {
    case "DRAFT":
      await writeAs(sessions.CLERK, (context) =>
        submitDisbursement({ ...context, now, id, input: { version, answers: ANSWERS } }),
      );
      return true;
    case "SUBMITTED":
      await writeAs(found.given === 0 ? sessions.REVIEWER : sessions.PROVINCE, (context) =>
        approveDisbursement({ ...context, now, id, input: { version } }),
      );
      return true;
    default:
      return false;
  }
}

/** Declared and approved by two; its number where the money has not been entered without it before. */
async function importProject(
  owner: pg.Client,
  sessions: Importers,
  row: PublishedProject,
): Promise<string | null> {
  const find = async () => {
    const { rows } = await owner.query<{ id: string; status: string; version: number }>(
      "SELECT id::text, status, version FROM projects WHERE source_ref = $1",
      [row.ref],
    );
    return rows[0];
  };
  const { organisation, name, programmes, purpose } = row;
  const now = new Date();
  if (!(await find()))
    await writeAs(sessions.CLERK, (context) =>
      createProject({
        ...{ ...context, now },
        input: {
          ...{ organisation, name, programmes, purpose, fiscalYear: PUBLISHED_YEAR },
          ...{ fundSource: "not-stated", declaredFen: null },
        },
        provenance: { origin: "published", sourceRef: row.ref, sourceCitation: row.citation },
      }),
    );
  const found = await find();
  if (found?.status === "DECLARED")
    await writeAs(sessions.PROVINCE, (context) =>
      approveProject({
        ...{ ...context, now, id: found.id },
        input: { version: found.version, approvedFen: null, documentNumber: null },
      }),
    );
  return found?.id ?? null;
}

async function importAllotment(
  session: SessionHash,
  row: PublishedAllotment,
  project: string | null,
): Promise<void> {
  await writeAs(session, async ({ tx, db }) => {
    const [found] = await db.rows<{ id: bigint }>(sql`
      INSERT INTO allotments (organisation_id, fiscal_year, fund_source_id, programme_id, purpose,
        amount_fen, note, source_ref, source_citation, project_id, origin, created_by, created_at)
      SELECT o.id, ${PUBLISHED_YEAR}, f.id, p.id, '困难职工帮扶', ${row.amountFen}, ${row.note}, ${row.ref},
        ${row.citation}, ${project}::bigint, 'PUBLISHED', guard.session_user_id(), now()
      FROM organisations o, fund_sources f, programmes p
      WHERE o.code = ${row.organisation} AND f.code = 'not-stated' AND p.code = ${row.programme}
      ON CONFLICT (source_ref) DO NOTHING
      RETURNING id`);
    if (!found) return;
    appendAudits(tx, [
      {
        action: "allotment.create",
        subjectId: found.id.toString(),
        body: {
          origin: "published",
          sourceRef: row.ref,
          fundSource: "not-stated",
          amountFen: row.amountFen.toString(),
        },
      },
    ]);
  });
}

/**
 * Brings every published figure in through the commands a clerk's entry uses, one transaction a step.
 * A start that was killed half-way goes on from the step each row had reached.
 */
export async function seedPublished(
  owner: pg.Client,
): Promise<{ disbursements: number; allotments: number }> {
  const { disbursements, allotments, projects } = publishedRows();
  const { sessions, ids } = await openImporters(owner);
  try {
    for (const row of disbursements)
      while (await advance(sessions, row, await findImported(owner, row.ref)));
    for (const [at, row] of allotments.entries()) {
      const [project] = projects.slice(at);
      await importAllotment(
        sessions.PROVINCE,
        row,
        project ? await importProject(owner, sessions, project) : null,
      );
    }
  } finally {
    await endSessions(owner, ids);
  }
  await recordSeedRun(owner, "published");
  return { disbursements: disbursements.length, allotments: allotments.length };
}

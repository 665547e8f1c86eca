import { createAllotment } from "@/lib/features/allotments/commands";
import { closeYear } from "@/lib/features/years/commands";
import type { Actors, TestPerson } from "./actors";
import type { Run } from "./laws";
import { approvedRecord, as, sampleFields } from "./records";

/** Large enough for a second approval by the province. */
const LARGE = {
  amountFen: "60000000",
  shares: [{ fundSource: "county-union", amountFen: "60000000" }],
};

const WHOLE = [{ fundSource: "county-union", amountFen: null }];
const EARMARKED = {
  amountFen: "100001",
  shares: [{ fundSource: "central-treasury", amountFen: null }],
};

/** A source that is not earmarked, whose rule says stop from this year on. */
const STOPPED = "paired-assistance";

async function receive(
  province: TestPerson,
  organisations: readonly string[],
  fundSource = "central-treasury",
) {
  for (const organisation of organisations)
    await as(province).write((context) =>
      createAllotment({
        ...context,
        input: {
          organisation,
          fiscalYear: 2026,
          fundSource,
          amountFen: "100000",
          receivedOn: null,
          amountKind: "exact",
        },
      }),
    );
}

export type LawFixture = {
  clerk: TestPerson;
  reviewer: TestPerson;
  province: TestPerson;
  admin: TestPerson;
  /** Clerk and reviewer of one county at once: only the laws keep such a person's duties apart. */
  dual: TestPerson;
  /** Another clerk of the same county, and one of a county elsewhere. */
  colleague: TestPerson;
  stranger: TestPerson;
  auditor: TestPerson;
  draft: string;
  submitted: string;
  returned: string;
  approved: string;
  voided: string;
  ofDual: string;
  editedByDual: string;
  /** The dual person wrote its amount, a colleague a note after it. */
  washed: string;
  sentByDual: string;
  /** Submitted, and its reviewer has looked at it. */
  opened: string;
  /** From a source of which 1,000 yuan were received: a draft of 1,000.01, and 1,000.01 submitted before. */
  overdrawn: string;
  overSubmitted: string;
  /** The same of a source that is not earmarked, where its rule says stop. */
  overStopped: string;
  large: string;
  halfway: string;
  old: string;
  reversal: string;
  replacement: string;
};

async function dualPerson(actors: Actors): Promise<TestPerson> {
  const person = await actors.clerk("630123");
  await actors.owner.query(
    `INSERT INTO memberships (user_id, organisation_id, role)
     SELECT $1, id, 'REVIEWER' FROM organisations WHERE code = '630123'`,
    [person.userId],
  );
  await actors.owner.query("UPDATE sessions SET revoked_at = NULL WHERE user_id = $1", [
    person.userId,
  ]);
  return person;
}

async function lives(
  actors: Actors,
  people: Pick<LawFixture, "clerk" | "colleague" | "stranger" | "reviewer" | "province" | "dual">,
) {
  const { clerk, colleague, stranger, reviewer, province, dual } = people;
  const sent = async (fields = {}) => as(clerk).submit(await as(clerk).create(fields));
  const edited = await as(dual).update(await as(clerk).create(), { note: "改过" });
  const washed = await as(colleague).update(
    await as(dual).update(await as(clerk).create(), { amountFen: "200", shares: WHOLE }),
    { note: "改过" },
  );
  const overdrawn = await as(stranger).create(EARMARKED);
  const overSubmitted = await as(clerk).submit(await as(clerk).create(EARMARKED));
  await receive(province, [clerk.organisation, stranger.organisation]);
  await actors.owner.query(
    `UPDATE fund_sources SET limits = '{"2026": "STOP"}' WHERE code = $1 AND NOT earmarked`,
    [STOPPED],
  );
  const shares = [{ fundSource: STOPPED, amountFen: null }];
  const overStopped = await as(stranger).create({ amountFen: "100001", shares });
  await receive(province, [stranger.organisation], STOPPED);
  const original = await approvedRecord(clerk, reviewer, { paidOn: "2026-08-20" });
  const pair = await as(clerk).adjust(original, { ...sampleFields, note: "更正" });
  const link = pair.adjustments[0];
  const old = await as(clerk).create({ paidOn: "2025-08-28" });
  await as(province, new Date()).write((context) =>
    closeYear({ ...context, year: 2025, input: { version: 1, acceptOpen: true } }),
  );
  return {
    draft: (await as(clerk).create()).id,
    submitted: (await sent()).id,
    returned: (await as(reviewer).return(await sent())).id,
    approved: (await approvedRecord(clerk, reviewer)).id,
    voided: (await as(clerk).void(await as(clerk).create())).id,
    ofDual: (await as(clerk).submit(await as(dual).create())).id,
    editedByDual: (await as(clerk).submit(edited)).id,
    opened: (await as(reviewer).open(await sent())).id,
    washed: (await as(clerk).submit(washed)).id,
    overdrawn: overdrawn.id,
    overSubmitted: overSubmitted.id,
    overStopped: overStopped.id,
    sentByDual: (await as(dual).submit(await as(clerk).create())).id,
    large: (await sent(LARGE)).id,
    halfway: (await as(province).approve(await sent(LARGE))).id,
    old: old.id,
    reversal: link?.reversalId ?? "",
    replacement: link?.replacementId ?? "",
  };
}

/** People, and a record in every state of its life; 2025 is closed. */
export async function lawFixture(actors: Actors): Promise<LawFixture> {
  const people = {
    clerk: await actors.clerk("630123"),
    colleague: await actors.clerk("630123"),
    stranger: await actors.clerk("632222"),
    reviewer: await actors.reviewer("630100"),
    province: await actors.province(),
    auditor: await actors.auditor(),
    admin: await actors.admin(),
    dual: await dualPerson(actors),
  };
  return { ...people, ...(await lives(actors, people)) };
}

/** The entry for a record as it stands now. */
export const audited = (run: Run, id: string) =>
  run(
    `SELECT guard.append_audits(ARRAY['disbursement.' || CASE status WHEN 'DRAFT' THEN 'update'
       WHEN 'SUBMITTED' THEN 'submit' WHEN 'APPROVED' THEN 'approve' WHEN 'RETURNED' THEN 'return' ELSE 'void' END],
       ARRAY[$1], '{"{}"}') FROM disbursements WHERE id = $1::bigint`,
    [id],
  );

export const auditedAs = (run: Run, action: string, id: string) =>
  run("SELECT guard.append_audits(ARRAY[$1], ARRAY[$2], '{\"{}\"}')", [action, id]);

/** An update as the application writes it: next version, audited; `set` is what it changes. */
export async function change(run: Run, id: string, set: string): Promise<void> {
  await run(`UPDATE disbursements SET version = version + 1, ${set} WHERE id = $1`, [id]);
  await audited(run, id);
}

export async function step(run: Run, id: string, action: string): Promise<void> {
  await run(
    `INSERT INTO approval_steps (disbursement_id, organisation_id, action, actor_id, at, round)
     SELECT d.id, d.organisation_id, $2, guard.session_user_id(), now(),
       greatest(1, (SELECT count(*) FROM approval_steps s WHERE s.disbursement_id = d.id AND s.action = 'SUBMIT'))
     FROM disbursements d WHERE d.id = $1`,
    [id, action],
  );
  if (action === "SUBMIT") await keepRound(run, id);
}

/** What a submission keeps: nothing was found. */
export const keepRound = (run: Run, id: string) =>
  run(
    `INSERT INTO submission_rounds (disbursement_id, organisation_id, actor_id, at, round, findings, content)
     SELECT d.id, d.organisation_id, guard.session_user_id(), now(),
       greatest(1, (SELECT count(*) FROM approval_steps s WHERE s.disbursement_id = d.id AND s.action = 'SUBMIT')), '[]', '{}'
     FROM disbursements d WHERE d.id = $1 AND d.entry_kind <> 'REVERSAL'`,
    [id],
  );

const SUBMITTED = "status = 'SUBMITTED', submitted_at = now()";
/** Draft or returned → submitted, with something wrong in it. */
export async function submit(run: Run, id: string, wrong = "note = note"): Promise<void> {
  await run(`UPDATE disbursements SET version = version + 1, ${wrong} WHERE id = $1`, [id]);
  await step(run, id, "SUBMIT");
  await change(run, id, SUBMITTED);
}

export const APPROVE = `approvals_given = approvals_given + 1,
  status = CASE WHEN approvals_given + 1 = approvals_needed THEN 'APPROVED' ELSE 'SUBMITTED' END,
  approved_at = CASE WHEN approvals_given + 1 = approvals_needed THEN now() END`;
export async function approve(run: Run, id: string): Promise<void> {
  await step(run, id, "APPROVE");
  await change(run, id, APPROVE);
}

/** A draft that names somebody else as its author. */
export async function insertDraft(
  run: Run,
  author: TestPerson,
  columns = "",
  values = "",
): Promise<string> {
  const [row] = await run(
    `INSERT INTO disbursements (organisation_id, programme_id, fiscal_year, created_by, last_edited_by ${columns})
     SELECT o.id, p.id, 2026, $1, $1 ${values} FROM organisations o, programmes p
     WHERE o.code = '630123' AND p.code = 'golden-autumn' RETURNING id::text`,
    [author.userId],
  );
  const id = String(row?.["id"]);
  await audited(run, id);
  return id;
}

export async function allot(
  run: Run,
  year: number,
  author: TestPerson,
): Promise<{ id: string; createdBy: unknown }> {
  const [row] = await run(
    `INSERT INTO allotments (organisation_id, fiscal_year, fund_source_id, amount_fen, created_by, created_at)
     SELECT o.id, $1, s.id, 100, $2, now() FROM organisations o, fund_sources s
     WHERE o.code = '630123' AND s.code = 'county-union' RETURNING id::text, created_by`,
    [year, author.userId],
  );
  const id = String(row?.["id"]);
  await auditedAs(run, "allotment.create", id);
  return { id, createdBy: row?.["created_by"] };
}

export const noop = (signature: string) =>
  `CREATE OR REPLACE FUNCTION guard.${signature} RETURNS void LANGUAGE plpgsql AS 'BEGIN END'`;
export const NO_APPROVER_CHECK = noop("require_approver(d disbursements, p_user uuid)");
export const NO_YEAR_CHECK = noop("require_open_year(p_year int)");
export const NO_COMMIT_CHECK = noop("check_disbursement(p_id bigint)");
export const NO_PAIR_CHECK = noop("check_adjustment(p_id bigint)");
export const NO_UPDATE_CHECK = "DROP TRIGGER before_update ON disbursements";
export const without = (constraint: string, table = "disbursements") =>
  `ALTER TABLE ${table} DROP CONSTRAINT ${constraint}`;
export const dropTrigger = (name: string, table: string) => `DROP TRIGGER ${name} ON ${table}`;

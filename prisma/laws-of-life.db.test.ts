import { lawBook } from "@/testing/law-book";
import type { LawFixture } from "@/testing/law-fixture";
import { testLaws, type Law } from "@/testing/laws";

const { database, f, clerk, reviewer, province } = await lawBook();
const {
  NO_COMMIT_CHECK,
  NO_UPDATE_CHECK,
  allot,
  audited,
  auditedAs,
  change,
  dropTrigger,
  insertDraft,
  keepRound,
  noop,
  step,
  without,
} = await import("@/testing/law-fixture");

const life: Law<LawFixture>[] = [
  {
    law: "what a reviewer has opened is not withdrawn",
    by: clerk,
    attempt: async (run) => {
      await step(run, f.opened, "WITHDRAW");
      await run("UPDATE disbursements SET version = version + 1, status = 'DRAFT' WHERE id = $1", [
        f.opened,
      ]);
      await auditedAs(run, "disbursement.withdraw", f.opened);
    },
    outcome: "NZ014",
    without: noop("require_unopened(p_id bigint)"),
  },
  {
    law: "whoever does not judge opens nothing",
    by: clerk,
    attempt: async (run) => {
      await step(run, f.submitted, "OPEN");
      await auditedAs(run, "disbursement.open", f.submitted);
    },
    outcome: "NZ010",
    without: dropTrigger("before_opening", "approval_steps"),
  },
  {
    law: "what does not wait is not opened",
    by: reviewer,
    attempt: async (run) => {
      await step(run, f.returned, "OPEN");
      await auditedAs(run, "disbursement.return", f.returned);
    },
    outcome: "NZ007",
    without: dropTrigger("before_opening", "approval_steps"),
  },
  {
    law: "a submission keeps what was found in it",
    by: clerk,
    attempt: async (run) => {
      await run(
        `INSERT INTO approval_steps (disbursement_id, organisation_id, action, actor_id, at, round)
         SELECT id, organisation_id, 'SUBMIT', guard.session_user_id(), now(), 1 FROM disbursements WHERE id = $1`,
        [f.draft],
      );
      await change(run, f.draft, "status = 'SUBMITTED', submitted_at = now()");
    },
    outcome: "NZ007",
    without: dropTrigger("kept", "approval_steps"),
  },
  {
    law: "nothing is kept of a submission that was none",
    by: clerk,
    attempt: async (run) => {
      await change(run, f.draft, "note = '改'");
      await keepRound(run, f.draft);
    },
    outcome: "NZ007",
    without: dropTrigger("at_commit", "submission_rounds"),
  },
  {
    law: "what a submission kept is in the chain",
    by: clerk,
    attempt: async (run) => {
      await run(
        `INSERT INTO submission_rounds SELECT disbursement_id, organisation_id, 9, actor_id, at, findings, content
         FROM submission_rounds WHERE disbursement_id = $1`,
        [f.submitted],
      );
    },
    outcome: "NZ008",
    without: dropTrigger("at_commit", "submission_rounds"),
  },
  {
    law: "what a submission kept does not change",
    by: clerk,
    role: "owner",
    attempt: async (run) => {
      await run("UPDATE submission_rounds SET findings = '[1]' WHERE disbursement_id = $1", [
        f.submitted,
      ]);
    },
    outcome: "NZ004",
    without: dropTrigger("append_only", "submission_rounds"),
  },
  {
    law: "nor does it go",
    by: clerk,
    role: "owner",
    attempt: async (run) => {
      await run("DELETE FROM submission_rounds WHERE disbursement_id = $1", [f.submitted]);
    },
    outcome: "NZ004",
    without: dropTrigger("append_only", "submission_rounds"),
  },
  ...(["approved", "voided"] as const).map((state): Law<LawFixture> => ({
    law: `what is ${state} does not change`,
    by: clerk,
    attempt: (run) => change(run, f[state], "note = '改'"),
    outcome: "NZ004",
    without: NO_UPDATE_CHECK,
  })),
  {
    law: "what is submitted is returned before it is edited",
    by: clerk,
    attempt: (run) => change(run, f.submitted, "note = '改', approvals_given = 0"),
    outcome: "NZ004",
    without: NO_UPDATE_CHECK,
  },
  {
    law: "who made a record does not change",
    by: clerk,
    attempt: (run) => change(run, f.draft, `created_by = '${f.dual.userId}'`),
    outcome: "NZ004",
    without: NO_UPDATE_CHECK,
  },
  ...(
    [
      ["draft", "APPROVED"],
      ["draft", "RETURNED"],
      ["returned", "APPROVED"],
      ["returned", "DRAFT"],
    ] as const
  ).map(([from, to]): Law<LawFixture> => ({
    law: `there is no way from ${from} to ${to.toLowerCase()}`,
    by: clerk,
    attempt: (run) => change(run, f[from], `status = '${to}'`),
    outcome: "NZ007",
    without: `${NO_UPDATE_CHECK}; ${without("approvals_in_range")}; ${NO_COMMIT_CHECK}`,
  })),
  {
    law: "a record begins as a draft",
    by: clerk,
    attempt: async (run) => {
      await insertDraft(run, f.reviewer, ", status", ", 'VOIDED'");
    },
    outcome: "NZ007",
    without: dropTrigger("before_insert", "disbursements"),
  },
  {
    law: "a stale version changes nothing",
    by: clerk,
    attempt: async (run) => {
      await run("UPDATE disbursements SET version = version, note = '改' WHERE id = $1", [f.draft]);
      await audited(run, f.draft);
    },
    outcome: "NZ006",
    without: NO_UPDATE_CHECK,
  },
  ...(
    [
      ["disbursements", "DELETE FROM disbursements", "never_deleted"],
      ["approval steps", "DELETE FROM approval_steps", "append_only"],
      ["approval steps", "UPDATE approval_steps SET words = '改'", "append_only"],
      ["audit entries", "DELETE FROM audit_entries", "append_only"],
      ["audit entries", "UPDATE audit_entries SET body = '{}'", "append_only"],
      ["audit entries", "TRUNCATE audit_entries", "append_only_truncate"],
    ] as const
  ).map(([what, text, trigger]): Law<LawFixture> => ({
    law: `${what} stay as they are, even for the owner: ${text.split(" ")[0]}`,
    by: () => null,
    role: "owner",
    attempt: async (run) => {
      await run(text);
    },
    outcome: "NZ004",
    without: dropTrigger(trigger, what.replace(" ", "_")),
    // Without its trigger a record is still held by its shares.
    ...(what === "disbursements" ? { then: "23503" } : {}),
  })),
  {
    law: "an allotment is voided, not changed",
    by: province,
    attempt: async (run) => {
      const { id } = await allot(run, 2026, f.clerk);
      await run("UPDATE allotments SET amount_fen = 200, version = 2 WHERE id = $1", [id]);
    },
    outcome: "NZ004",
    without: dropTrigger("before_write", "allotments"),
  },
];

testLaws(database, () => f, life);

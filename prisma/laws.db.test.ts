import { lawBook } from "@/testing/law-book";
import type { LawFixture } from "@/testing/law-fixture";
import { rewrite, testLaws, type Law } from "@/testing/laws";

const { database, f, clerk, reviewer, province, dual } = await lawBook();
const {
  APPROVE,
  NO_APPROVER_CHECK,
  NO_COMMIT_CHECK,
  NO_UPDATE_CHECK,
  approve,
  change,
  dropTrigger,
  step,
  submit,
  without,
} = await import("@/testing/law-fixture");

const money: Law<LawFixture>[] = [
  {
    law: "shares sum to the amount",
    by: clerk,
    attempt: (run) => submit(run, f.draft, "amount_fen = amount_fen + 1"),
    outcome: "NZ001",
    without: NO_COMMIT_CHECK,
  },
  {
    law: "a share is not slipped under an approved record",
    by: clerk,
    attempt: async (run) => {
      await run("DELETE FROM disbursement_shares WHERE disbursement_id = $1", [f.approved]);
    },
    outcome: "NZ004",
    without: `${dropTrigger("editable_delete", "disbursement_shares")}; ${NO_COMMIT_CHECK}`,
  },
  {
    law: "nor is one added to it",
    by: clerk,
    attempt: async (run) => {
      await run(
        `INSERT INTO disbursement_shares (disbursement_id, organisation_id, fund_source_id, amount_fen)
         SELECT d.id, d.organisation_id, s.id, 1 FROM disbursements d, fund_sources s
         WHERE d.id = $1 AND s.code = 'prefectural-union'`,
        [f.approved],
      );
    },
    outcome: "NZ004",
    without: `${dropTrigger("editable_insert", "disbursement_shares")}; ${NO_COMMIT_CHECK}`,
  },
  {
    law: "rate × count × times is the amount",
    by: clerk,
    attempt: (run) => submit(run, f.draft, "rate_unit_fen = 600, rate_count = 3, rate_times = 7"),
    outcome: "23514",
    without: without("rate_basis_holds"),
  },
  {
    law: "cash and goods make up the amount",
    by: clerk,
    attempt: (run) => submit(run, f.draft, "cash_fen = 1, goods_fen = 1"),
    outcome: "23514",
    without: without("cash_and_goods_sum"),
  },
  {
    law: "an amount is above zero",
    by: clerk,
    attempt: async (run) => {
      await run("DELETE FROM disbursement_shares WHERE disbursement_id = $1", [f.draft]);
      await run(
        `INSERT INTO disbursement_shares SELECT d.id, d.organisation_id, s.id, -5
         FROM disbursements d, fund_sources s WHERE d.id = $1 AND s.code = 'county-union'`,
        [f.draft],
      );
      await submit(run, f.draft, "amount_fen = -5");
    },
    outcome: "23514",
    without: without("amount_signed"),
  },
  {
    law: "what is not priced has no amount",
    by: clerk,
    attempt: (run) => change(run, f.draft, "amount_kind = 'UNVALUED'"),
    outcome: "23514",
    without: without("unvalued_has_no_amount"),
  },
  {
    law: "what involves no money has no amount",
    by: clerk,
    attempt: (run) => change(run, f.draft, "amount_kind = 'NONE'"),
    outcome: "23514",
    without: without("none_involves_no_money"),
  },
  {
    law: "what involves no money has no part of an amount",
    by: clerk,
    attempt: (run) =>
      change(run, f.draft, "amount_kind = 'NONE', amount_fen = NULL, goods_fen = 5"),
    outcome: "23514",
    without: without("none_involves_no_money"),
  },
  {
    law: "what involves no money has no fund source",
    by: clerk,
    attempt: async (run) => {
      await run("DELETE FROM disbursement_shares WHERE disbursement_id = $1", [f.draft]);
      await run(
        `INSERT INTO disbursement_shares SELECT d.id, d.organisation_id, s.id, NULL
         FROM disbursements d, fund_sources s WHERE d.id = $1 AND s.code = 'county-union'`,
        [f.draft],
      );
      await submit(run, f.draft, "amount_kind = 'NONE', amount_fen = NULL");
    },
    outcome: "NZ001",
    without: NO_COMMIT_CHECK,
  },
  {
    law: "nothing is submitted without a date",
    by: clerk,
    attempt: (run) => submit(run, f.draft, "paid_on = NULL"),
    outcome: "23514",
    without: `${without("complete_when_submitted")}; ${without("fiscal_year_of_date")}`,
  },
  {
    law: "a record stands in the year of its date",
    by: clerk,
    attempt: (run) => submit(run, f.draft, "paid_on = '2027-01-05'"),
    outcome: "23514",
    without: without("fiscal_year_of_date"),
  },
  {
    law: "counts are not negative",
    by: clerk,
    attempt: (run) => change(run, f.draft, "persons = -1"),
    outcome: "23514",
    without: without("counts_signed"),
  },
];

const duties: Law<LawFixture>[] = [
  {
    law: "the author does not approve",
    by: dual,
    attempt: (run) => approve(run, f.ofDual),
    outcome: "NZ003",
    without: NO_APPROVER_CHECK,
  },
  {
    law: "whoever edited last does not approve, though another submitted",
    by: dual,
    attempt: (run) => approve(run, f.editedByDual),
    outcome: "NZ003",
    without: NO_APPROVER_CHECK,
  },
  {
    law: "whoever wrote into it before the last editor does not approve",
    by: dual,
    attempt: (run) => approve(run, f.washed),
    outcome: "NZ003",
    without: rewrite(
      "require_approver(disbursements, uuid)",
      "OR p_user = ANY",
      "AND p_user = ANY",
    ),
  },
  {
    law: "what was written before a record kept its editors is in the chain",
    by: dual,
    role: "owner",
    attempt: async (run) => {
      await run("SET LOCAL session_replication_role = replica");
      await run("UPDATE disbursements SET editors = NULL WHERE id = $1", [f.washed]);
      await run("SET LOCAL session_replication_role = origin");
      await run("SET LOCAL ROLE nuanzhang_app");
      await approve(run, f.washed);
    },
    outcome: "NZ003",
    without: rewrite("editors_of(disbursements)", "'disbursement.update'", "'none'"),
  },
  {
    law: "from an earmarked source no more is submitted than was received",
    by: () => f.stranger.session,
    attempt: (run) => submit(run, f.overdrawn),
    outcome: "NZ013",
    without: dropTrigger("received_update", "disbursements"),
  },
  {
    law: "nor from one that is not earmarked, where its rule of the year says stop",
    by: () => f.stranger.session,
    attempt: (run) => submit(run, f.overStopped),
    outcome: "NZ013",
    without: rewrite(
      "stay_within_received()",
      "guard.limit_of(f.limits, f.earmarked, n.fiscal_year) = 'STOP'",
      "f.earmarked",
    ),
  },
  {
    law: "nor approved, where it was submitted before the money was recorded",
    by: reviewer,
    attempt: (run) => approve(run, f.overSubmitted),
    outcome: "NZ013",
    without: dropTrigger("received_update", "disbursements"),
  },
  {
    law: "whoever submitted does not approve",
    by: dual,
    attempt: (run) => approve(run, f.sentByDual),
    outcome: "NZ003",
    without: NO_APPROVER_CHECK,
  },
  {
    law: "one person does not give both approvals",
    by: province,
    attempt: (run) => approve(run, f.halfway),
    outcome: "NZ003",
    without: NO_APPROVER_CHECK,
    // The steps are counted by person once more at commit.
    then: "NZ007",
  },
  {
    law: "the second approval is the province's",
    by: reviewer,
    attempt: (run) => approve(run, f.halfway),
    outcome: "NZ010",
    without: NO_APPROVER_CHECK,
  },
  {
    law: "a clerk approves nothing",
    by: () => f.colleague.session,
    attempt: (run) => approve(run, f.submitted),
    outcome: "NZ010",
    without: NO_APPROVER_CHECK,
  },
  {
    law: "one approval does not do for two",
    by: reviewer,
    attempt: async (run) => {
      await step(run, f.large, "APPROVE");
      await change(run, f.large, "approvals_given = 1, status = 'APPROVED', approved_at = now()");
    },
    outcome: "NZ007",
    without: `${NO_UPDATE_CHECK}; ${without("approvals_in_range")}; ${NO_COMMIT_CHECK}`,
  },
  {
    law: "an approval needs its step",
    by: reviewer,
    attempt: (run) => change(run, f.submitted, APPROVE),
    outcome: "NZ007",
    without: NO_COMMIT_CHECK,
  },
];

testLaws(database, () => f, [...money, ...duties]);

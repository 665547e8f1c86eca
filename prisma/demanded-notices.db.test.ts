import { beforeAll } from "vitest";
import { testActors } from "@/testing/actors";
import { lawBook } from "@/testing/law-book";
import type { LawFixture } from "@/testing/law-fixture";
import { rewrite, testLaws, type Law, type Run } from "@/testing/laws";

const { database, f, clerk } = await lawBook();
const { owner } = testActors(database);
const { dropTrigger, submit } = await import("@/testing/law-fixture");
const { as } = await import("@/testing/records");
const { draftedRoster } = await import("@/testing/rosters");

const TODAY = "(now() AT TIME ZONE 'Asia/Shanghai')::date";

/** A list that never hung out, one that was confirmed, one that hangs, one that was changed afterwards. */
let never = "";
let confirmed = "";
let hanging = "";
let changed = "";
let counted = "";

beforeAll(async () => {
  await owner.query(
    `INSERT INTO workday_years (year, source, rest_days, work_days)
     SELECT y, 'test', '{}', '{}' FROM generate_series(extract(year FROM now())::int - 1, extract(year FROM now())::int + 1) AS y
     ON CONFLICT DO NOTHING`,
  );
  const rostered = async (name: string) =>
    (await draftedRoster(f.clerk, [{ name, amountFen: "100" }])).id;
  never = await rostered("才让");
  confirmed = await rostered("卓玛");
  hanging = await rostered("扎西");
  changed = await rostered("多杰");
  counted = (await as(f.clerk).create({ amountFen: "100", shares: [{ fundSource: "county-union", amountFen: "100" }] })).id; // prettier-ignore
  await owner.query("SELECT set_config('app.session', $1, false)", [f.clerk.session]);
  await owner.query(
    `INSERT INTO public_notices (disbursement_id, organisation_id, roster_digest, lines, place, telephone, posted_on, posted_by)
     SELECT d.id, d.organisation_id, '\\x', 0, '一楼', '0971', ${TODAY} - 30, guard.session_user_id()
     FROM disbursements d WHERE d.id = ANY ($1)`,
    [[confirmed, hanging, changed]],
  );
  await owner.query(
    "UPDATE public_notices SET status = 'CONFIRMED', closed_by = posted_by, closed_at = now() WHERE disbursement_id = ANY ($1)",
    [[confirmed, changed]],
  );
  await owner.query("ALTER TABLE roster_lines DISABLE TRIGGER USER");
  await owner.query(
    "UPDATE roster_lines SET commitment = sha256(commitment) WHERE disbursement_id = $1",
    [changed],
  );
  await owner.query("ALTER TABLE roster_lines ENABLE TRIGGER USER");
  await owner.query("UPDATE programmes SET notice_from_year = 2026 WHERE code = 'golden-autumn'");
}, 120_000);

const sends = (id: () => string) => async (run: Run) => submit(run, id());
const NO_LAW = dropTrigger("noticed", "disbursements");

const laws: Law<LawFixture>[] = [
  {
    law: "where a programme asks for a notice, nobody's list goes up without one",
    by: clerk,
    attempt: sends(() => never),
    outcome: "NZ043",
    without: NO_LAW,
  },
  {
    law: "nor while it hangs",
    by: clerk,
    attempt: sends(() => hanging),
    outcome: "NZ043",
    without: NO_LAW,
  },
  {
    law: "nor where the lines were changed since it was confirmed",
    by: clerk,
    attempt: sends(() => changed),
    outcome: "NZ043",
    without: rewrite("notice_beside(bigint, int)", " AND n.roster_digest = v_digest", ""),
  },
  {
    law: "the list that was confirmed goes up",
    by: clerk,
    attempt: sends(() => confirmed),
    outcome: "accepted",
    without: "ALTER TABLE public_notices DISABLE TRIGGER USER; DELETE FROM public_notices",
    then: "NZ043",
  },
  {
    law: "of whom it names nobody nothing is asked",
    by: clerk,
    attempt: sends(() => counted),
    outcome: "accepted",
    without: rewrite("notice_beside(bigint, int)", "RETURN NULL;", "RETURN '{}'::json;"),
    then: "NZ043",
  },
  {
    law: "nor of a year before the one it is asked from",
    by: clerk,
    attempt: sends(() => never),
    outcome: "NZ043",
    without:
      "ALTER TABLE programmes DISABLE TRIGGER USER; UPDATE programmes SET notice_from_year = 2027 WHERE code = 'golden-autumn'",
  },
];

testLaws(database, () => f, laws);

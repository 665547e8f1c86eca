import { createHash, randomUUID } from "node:crypto";
import { beforeAll } from "vitest";
import { lawBook } from "@/testing/law-book";
import type { LawFixture } from "@/testing/law-fixture";
import { rewrite, testLaws, type Law, type Run } from "@/testing/laws";

// What evidence is held against, condition by condition: each once more without it, where something else is told.
const { database, actors, f, clerk, province } = await lawBook();

type File = {
  /** Which bytes are kept, and which were sent. */
  kept?: string;
  sent?: string;
  likeness?: string;
  version?: number;
  invoice?: string;
  signatures?: number;
  kind?: string;
  removed?: boolean;
};
const run: Run = async (text, values) => (await actors.owner.query<Record<string, unknown>>(text, values)).rows; // prettier-ignore
const digest = (text: string) => createHash("sha256").update(text).digest("hex");
let numbers = 0;

async function lay(record: string, file: File): Promise<number> {
  numbers += 1;
  const { kept = `kept ${numbers}`, sent = `sent ${numbers}`, likeness = null } = file;
  const { version = 1, invoice = null, signatures = null, removed = false } = file;
  const kind = file.kind ?? (invoice ? "INVOICE" : signatures === null ? "PHOTO" : "SIGN-OFF-SHEET"); // prettier-ignore
  await run(
    `INSERT INTO attachments (id, disbursement_id, organisation_id, no, kind, media_type, bytes, sha256, source_sha256, late,
       object_key, added_by, added_at, likeness, likeness_version, invoice_number, signatures, removed_by, removed_at)
     SELECT $1, d.id, d.organisation_id, $3, $4, 'image/jpeg', 1, decode($5, 'hex'), decode($6, 'hex'), false, 'ev/00/' || $1::uuid,
       d.created_by, now(), $7::bigint, CASE WHEN $7::text IS NOT NULL THEN $8::int END, $9, $10::int,
       CASE WHEN $11 THEN d.created_by END, CASE WHEN $11 THEN now() END
     FROM disbursements d WHERE d.id = $2`,
    [randomUUID(), record, numbers, kind, digest(kept), digest(sent), likeness, version, invoice, signatures, removed], // prettier-ignore
  );
  return numbers;
}

/** Sixty-four signs, half of them set, with so many others than those; each in a quarter of its own, as far as they go. */
const SIGNS = 0x5a3c_96e1_0f4b_d278n;
const apart = (count: number, spread = true) => {
  let signs = SIGNS;
  for (let n = 0; n < count; n += 1)
    signs ^= 1n << BigInt(spread ? (n % 4) * 16 + Math.floor(n / 4) : n);
  return BigInt.asIntN(64, signs).toString();
};

type Part = "used" | "alike" | "invoices";
/** One file beside the clerk's draft, and others like it. */
type Case = {
  law: string;
  part: Part;
  own: File;
  others: { of: keyof LawFixture | "original"; file: File }[];
  /** How many are told by their number, and whether something is said to be elsewhere. */
  outcome: string;
  without: string;
  then: string;
  by?: () => string | null;
};

const IN_REACH = "1 told";
const ELSEWHERE = "0 told, one elsewhere";
const beside = (from: string, to: string) => rewrite("evidence_beside(bigint,int,int[])", from, to);
const told = (from: string, to: string) => rewrite("told_of_others(bigint,bigint[],int[])", from, to); // prettier-ignore
const photos = (from: string, to: string) => rewrite("photographed_elsewhere(attachments)", from, to); // prettier-ignore
const kept = (name: string, more: File = {}): File => ({ kept: name, ...more });
const like = (signs: string, more: File = {}): File => ({ likeness: signs, ...more });
const invoice = (n: number): File => ({ invoice: String(20260000 + n) });
const quarters = "AND x.likeness_version = p_file.likeness_version";

const cases: Case[] = [
  // prettier-ignore
  { law: "the same bytes are the same file", part: "used", own: kept("a"), others: [{ of: "submitted", file: kept("a") }],
    outcome: IN_REACH, without: beside("x.sha256 = own.sha256 OR ", ""), then: "nothing" },
  // prettier-ignore
  { law: "and so is one that was sent as the same, whatever is kept of it", part: "used", own: { sent: "b" }, others: [{ of: "submitted", file: { sent: "b" } }],
    outcome: IN_REACH, without: beside(" OR x.source_sha256 = own.source_sha256", ""), then: "nothing" },
  // prettier-ignore
  { law: "twice beside one record is once", part: "used", own: kept("c"), others: [{ of: "draft", file: kept("c") }],
    outcome: "nothing", without: `${beside("x.disbursement_id <> p_id", "true")}; ${told("guard.case_of(d.id) <> p_case", "true")}`, then: IN_REACH },
  // prettier-ignore
  { law: "what was voided does not count", part: "used", own: kept("d"), others: [{ of: "voided", file: kept("d") }],
    outcome: "nothing", without: told("d.status <> 'VOIDED'", "true"), then: IN_REACH },
  // prettier-ignore
  { law: "what was removed there does not count", part: "used", own: kept("e"), others: [{ of: "submitted", file: kept("e", { removed: true }) }],
    outcome: "nothing", without: beside("x.removed_at IS NULL", "true"), then: IN_REACH },
  // prettier-ignore
  { law: "nor what was removed here", part: "used", own: kept("f", { removed: true }), others: [{ of: "submitted", file: kept("f") }],
    outcome: "nothing", without: beside("a.removed_at IS NULL", "true"), then: IN_REACH },
  // prettier-ignore
  { law: "elsewhere is one bit", part: "used", own: kept("g"), others: [{ of: "overdrawn", file: kept("g") }],
    outcome: ELSEWHERE, without: told("WHERE o.seen", "WHERE true"), then: "1 told, one elsewhere" },
  // prettier-ignore
  { law: "to whoever reads both places it has a number", part: "used", own: kept("h"), others: [{ of: "overdrawn", file: kept("h") }], by: province,
    outcome: IN_REACH, without: told("c.ancestor_id = ANY (p_homes)", "false"), then: ELSEWHERE },
  // prettier-ignore
  { law: "three are named at most", part: "used", own: kept("i"), others: (["submitted", "approved", "opened", "washed"] as const).map((of) => ({ of, file: kept("i") })),
    outcome: "3 told", without: told("LIMIT 3", "LIMIT 30"), then: "4 told" },
  // prettier-ignore
  { law: "an invoice is known by its number", part: "invoices", own: invoice(1), others: [{ of: "submitted", file: invoice(1) }],
    outcome: IN_REACH, without: beside("x.invoice_number = own.invoice_number", "false"), then: "nothing" },
  // prettier-ignore
  { law: "elsewhere in one bit", part: "invoices", own: invoice(2), others: [{ of: "overdrawn", file: invoice(2) }],
    outcome: ELSEWHERE, without: told("WHERE o.seen", "WHERE true"), then: "1 told, one elsewhere" },
  // prettier-ignore
  { law: "one that was removed is not shown", part: "invoices", own: invoice(3), others: [{ of: "submitted", file: { ...invoice(3), removed: true } }],
    outcome: "nothing", without: beside("x.removed_at IS NULL", "true"), then: IN_REACH },
  // prettier-ignore
  { law: "in one place six signs apart is alike", part: "alike", own: like(apart(0)), others: [{ of: "submitted", file: like(apart(6)) }],
    outcome: IN_REACH, without: rewrite("most_signs_apart()", "6", "5"), then: "nothing" },
  // prettier-ignore
  { law: "elsewhere three are", part: "alike", own: like(apart(0)), others: [{ of: "overdrawn", file: like(apart(3)) }],
    outcome: ELSEWHERE, without: rewrite("most_signs_apart_elsewhere()", "3", "2"), then: "nothing" },
  // prettier-ignore
  { law: "which are found by the quarter that is the same", part: "alike", own: like(apart(0)), others: [{ of: "overdrawn", file: like(apart(3)) }],
    outcome: ELSEWHERE, without: photos("((p_file.likeness >> 48) & 65535)", "65536"), then: "nothing" },
  // prettier-ignore
  { law: "elsewhere it is one bit as well", part: "alike", own: like(apart(0)), others: [{ of: "overdrawn", file: like(apart(1)) }],
    outcome: ELSEWHERE, without: told("WHERE o.seen", "WHERE true"), then: "1 told, one elsewhere" },
  // prettier-ignore
  { law: "to whoever reads both places with a number", part: "alike", own: like(apart(0)), others: [{ of: "overdrawn", file: like(apart(1)) }], by: province,
    outcome: IN_REACH, without: photos("x.organisation_id <> p_file.organisation_id", "false"), then: "nothing" },
  // prettier-ignore
  { law: "in one place seven signs are not", part: "alike", own: like(apart(0)), others: [{ of: "submitted", file: like(apart(7)) }],
    outcome: "nothing", without: rewrite("most_signs_apart()", "6", "7"), then: IN_REACH },
  // prettier-ignore
  { law: "elsewhere four are not", part: "alike", own: like(apart(0)), others: [{ of: "overdrawn", file: like(apart(4, false)) }],
    outcome: "nothing", without: rewrite("most_signs_apart_elsewhere()", "3", "4"), then: ELSEWHERE },
  // prettier-ignore
  { law: "what another version made says nothing, in one place", part: "alike", own: like(apart(0)), others: [{ of: "submitted", file: like(apart(0), { version: 2 }) }],
    outcome: "nothing", without: beside("x.likeness_version = own.likeness_version", "true"), then: IN_REACH },
  // prettier-ignore
  { law: "nor elsewhere", part: "alike", own: like(apart(0)), others: [{ of: "overdrawn", file: like(apart(0), { version: 2 }) }],
    outcome: "nothing", without: photos(quarters, ""), then: ELSEWHERE },
  // prettier-ignore
  { law: "nor what was removed elsewhere", part: "alike", own: like(apart(0)), others: [{ of: "overdrawn", file: like(apart(0), { removed: true }) }],
    outcome: "nothing", without: photos("x.removed_at IS NULL", "true"), then: ELSEWHERE },
  // prettier-ignore
  { law: "nor what was voided", part: "alike", own: like(apart(0)), others: [{ of: "voided", file: like(apart(0)) }],
    outcome: "nothing", without: told("d.status <> 'VOIDED'", "true"), then: IN_REACH },
  ...(["kept", "sent"] as const).flatMap((as): Case[] => [
    // prettier-ignore
    { law: `the very same is told as such, in one place (${as})`, part: "alike", own: like(apart(0), { [as]: "j" }), others: [{ of: "submitted", file: like(apart(0), { [as]: "j" }) }],
      outcome: "nothing", without: beside(as === "kept" ? "x.sha256 <> own.sha256" : "x.source_sha256 <> own.source_sha256", "true"), then: IN_REACH },
    // prettier-ignore
    { law: `and elsewhere (${as})`, part: "alike", own: like(apart(0), { [as]: "k" }), others: [{ of: "overdrawn", file: like(apart(0), { [as]: "k" }) }],
      outcome: "nothing", without: photos(as === "kept" ? "x.sha256 <> p_file.sha256" : "x.source_sha256 <> p_file.source_sha256", "true"), then: ELSEWHERE },
  ]),
  ...["3", "-4"].map((signs): Case => ({
    // prettier-ignore
    ...{ law: `a picture of nearly nothing (${signs}) is like none elsewhere`, part: "alike", own: like(signs), others: [{ of: "overdrawn", file: like(signs) }] },
    outcome: "nothing",
    without: photos(
      signs === "3"
        ? "BETWEEN 1 + guard.most_signs_apart_elsewhere()"
        : "AND 63 - guard.most_signs_apart_elsewhere()",
      signs === "3" ? "BETWEEN 0" : "AND 64",
    ),
    then: ELSEWHERE,
  })),
  // prettier-ignore
  { law: "a correction shows what its original showed", part: "used", own: kept("l"), others: [{ of: "original", file: kept("l") }],
    outcome: "nothing", without: told("guard.case_of(d.id) <> p_case", "true"), then: IN_REACH },
];

const original = async () => String((await run("SELECT original_id::text AS id FROM adjustments WHERE reversal_id = $1", [f.reversal]))[0]?.["id"]); // prettier-ignore
/** What a case is asked of: a correction of its replacement, everything else of the draft. */
const subjectOf = ({ others }: Case) =>
  others.some(({ of }) => of === "original") ? f.replacement : f.draft;
const recordOf = async (of: Case["others"][number]["of"]) =>
  of === "original" ? original() : String(f[of]);

beforeAll(async () => {
  await run("SET session_replication_role = replica");
  // counted, one of them not, and beside a picture
  for (const file of [{ signatures: 20 }, { signatures: 1 }, {}]) await lay(f.returned, file);
  for (const file of [{ signatures: 20 }, { kind: "SIGN-OFF-SHEET" }]) await lay(f.large, file);
  await lay(f.overStopped, {});
  await run("SET session_replication_role = origin");
}, 120_000);

type Evidence = { files: number; signatures: number | null } & Record<
  Part,
  { no: number; references: string[]; elsewhere: boolean }[]
>;
async function evidenceOf(as: Run, id: string): Promise<Evidence | undefined> {
  const rows = await as("SELECT evidence FROM guard.finding_context(ARRAY[$1]::bigint[])", [id]);
  return (rows[0]?.["evidence"] as Evidence | null) ?? undefined;
}

/** Its files are there while it is tried, and gone before the next. */
const tried = (one: Case): Law<LawFixture> => ({
  law: one.law,
  by: one.by ?? clerk,
  attempt: async (as) => {
    await run("SET session_replication_role = replica");
    const no = await lay(subjectOf(one), one.own);
    for (const { of, file } of one.others) await lay(await recordOf(of), file);
    const evidence = await evidenceOf(as, subjectOf(one));
    await run("DELETE FROM attachments WHERE no >= $1", [no]);
    await run("SET session_replication_role = origin");
    const found = evidence?.[one.part].find((told) => told.no === no);
    if (!found) return "nothing";
    return `${found.references.length} told${found.elsewhere ? ", one elsewhere" : ""}`;
  },
  outcome: one.outcome,
  without: one.without,
  then: one.then,
});

const direct = (law: string, call: string, signature: string): Law<LawFixture> => ({
  law,
  by: clerk,
  attempt: async (as) => {
    await as(call, [f.overStopped]);
    return "told";
  },
  outcome: "42501",
  without: `GRANT EXECUTE ON FUNCTION guard.${signature} TO nuanzhang_app; GRANT USAGE ON SCHEMA guard TO nuanzhang_app`,
  then: "told",
});

testLaws(database, () => f, [
  ...cases.map(tried),
  {
    law: "signatures are known where every sheet was counted, and of sheets alone",
    by: clerk,
    attempt: async (as) => String((await evidenceOf(as, f.returned))?.signatures),
    outcome: "21",
    without: beside("WHERE o.kind = 'SIGN-OFF-SHEET'", ""),
    then: "null",
  },
  {
    law: "where one was not, they are not known",
    by: clerk,
    attempt: async (as) => String((await evidenceOf(as, f.large))?.signatures),
    outcome: "null",
    without: beside("AND count(o.signatures) = count(*)", ""),
    then: "20",
  },
  {
    law: "of another place's record nothing is told",
    by: clerk,
    attempt: async (as) => ((await evidenceOf(as, f.overStopped)) ? "told" : "nothing"),
    outcome: "nothing",
    without: rewrite("reading_homes()", "BEGIN", "BEGIN RETURN ARRAY(SELECT id FROM organisations);"), // prettier-ignore
    then: "told",
  },
  {
    law: "nor of a form that names it as its own",
    by: clerk,
    attempt: async (as) => {
      const rows = await as(
        `SELECT evidence FROM guard.finding_context('{}', ARRAY(
           SELECT jsonb_populate_record(d, jsonb_build_object('id', $1::bigint)) FROM disbursements d WHERE d.id = $2))`,
        [f.overStopped, f.draft],
      );
      return rows[0]?.["evidence"] ? "told" : "nothing";
    },
    outcome: "nothing",
    without: beside("a.organisation_id = p_organisation_id", "true"),
    then: "told",
  },
  direct(
    "nobody asks past that what lies beside a record",
    "SELECT guard.evidence_beside($1, (SELECT organisation_id FROM disbursements WHERE id = $1), '{}')",
    "evidence_beside(bigint, int, int[])",
  ),
  direct(
    "nor whose record it is",
    "SELECT guard.told_of_others(0, ARRAY[$1]::bigint[], ARRAY(SELECT id FROM organisations))",
    "told_of_others(bigint, bigint[], int[])",
  ),
  direct(
    "nor who else has such a photograph",
    "SELECT guard.photographed_elsewhere(NULL::attachments), $1::text",
    "photographed_elsewhere(attachments)",
  ),
]);

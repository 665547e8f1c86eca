import { writeXlsx } from "hucre";
import pg from "pg";
import { readTableFile } from "@/lib/browser/table-file";
import { peopleOf, readTyped, tableOf } from "@/lib/features/rosters/rules";
import { putRosterInputSchema } from "@/lib/features/rosters/schema";
import { FINDING_RULES } from "@/lib/kernel/record-codes";
import type { LineInput } from "@/lib/features/rosters/types";
import { Random } from "@/prisma/seed/demo/random";
import { person, Registry } from "./duplicate-people";
import { innocent, KINDS, OF_THE_LAW, ofOneShop, pairOf, type Kind, type Pair } from "./duplicate-pairs"; // prettier-ignore
import { benchDatabase, prepare } from "./generate";
import { heading, row } from "./print";
import { sessionAt } from "./session";

/** npm run bench:duplicates: a thousand pairs among two hundred thousand lines, and who finds them. */

const SEED = 20_261_127;
const OF_EACH = 125;
const LEDGERS = 40;
const DRAFTS = 10;
const LINES = 4_000;
const NOW = new Date("2026-11-20T04:00:00Z");
const GOALS = { law: 1, caught: 0.98, precision: 0.9, msALine: 20 };

const database = benchDatabase(0, "bench_duplicates");
process.env["DATABASE_URL"] = database.url;
const { closeDb, writeAs, readAs } = await import("@/lib/platform/db");
const { createDisbursement } = await import("@/lib/features/disbursements/commands");
const { getDisbursement } = await import("@/lib/features/disbursements/queries");
const { putRoster } = await import("@/lib/features/rosters/commands");
const { submitDisbursement } = await import("@/lib/features/steps/commands");
const { meetKeys } = await import("@/lib/platform/key-check");

type List = { organisation: string; lines: LineInput[]; id: string };
/** Where the two sides of a pair came to stand: of a draft, its line; of the other, its list and lines. */
type Planted = { kind: Kind; draft: List; no: number; beside: List; nos: number[] };

/** Puts a line where there is room for it; answers its number, counted from one. */
function placed(list: List, line: LineInput, random: Random): number {
  const at = random.int(0, LINES - 1);
  for (let n = 0; n < LINES; n += 1) {
    const no = (at + n) % LINES;
    if (list.lines[no] !== undefined) continue;
    list.lines[no] = line;
    return no + 1;
  }
  throw new Error("no room");
}

function invented(organisations: readonly string[], random: Random) {
  const registry = new Registry();
  const lists = Array.from({ length: LEDGERS + DRAFTS }, (_, n): List => ({
    organisation: organisations[n % organisations.length] ?? "",
    lines: Array.from<LineInput>({ length: LINES }),
    id: "",
  }));
  const [ledgers, drafts] = [lists.slice(0, LEDGERS), lists.slice(LEDGERS)];
  // regions that there never were, a county each
  const regionOf = (list: List) => `6399${String(1 + organisations.indexOf(list.organisation)).padStart(2, "0")}`; // prettier-ignore
  const planted = KINDS.flatMap((kind) =>
    Array.from({ length: OF_EACH }, (_, n): Planted => {
      const draft = drafts[random.int(0, DRAFTS - 1)] as List;
      const beside = n % 5 < 3 ? (ledgers[random.int(0, LEDGERS - 1)] as List) : draft;
      const pair: Pair = pairOf(kind, { random, registry, region: regionOf(beside) });
      const nos = pair.first.map((line) => placed(beside, line, random));
      return { kind, draft, no: placed(draft, pair.second, random), beside, nos };
    }),
  );
  for (const list of lists) {
    const making = { random, registry, region: regionOf(list) };
    for (const line of ofOneShop(making)) placed(list, line, random);
    for (let n = 0; n < 40; n += 1) for (const line of innocent(making)) placed(list, line, random);
    for (let n = 0; n < LINES; n += 1) list.lines[n] ??= person(random, registry, making.region);
  }
  return { ledgers, drafts, planted };
}

const timed = async <T>(work: () => Promise<T>): Promise<[T, number]> => {
  const begun = performance.now();
  return [await work(), performance.now() - begun];
};

/** A record with this roster, through the commands that a clerk's request runs; answers the milliseconds of its lines. */
async function entered(session: string, list: List): Promise<number> {
  const fen = String(LINES * 60_000);
  const record = await writeAs(session, (c) =>
    createDisbursement({
      ...c,
      now: NOW,
      input: {
        organisation: list.organisation,
        programme: "golden-autumn",
        paidOn: "2026-08-28",
        amountFen: fen,
        counts: { persons: LINES },
        shares: [{ fundSource: "county-union", amountFen: fen }],
      },
    }),
  );
  list.id = record.id;
  const input = { version: record.version, lines: list.lines };
  const [, ms] = await timed(() => writeAs(session, (c) => putRoster({ ...c, now: NOW, id: record.id, input }))); // prettier-ignore
  return ms;
}

async function submitted(session: string, { id }: List): Promise<void> {
  const { version } = await readAs(session, (c) => getDisbursement({ ...c, id, now: NOW }));
  const answers = FINDING_RULES.map((rule) => ({ rule, answer: "checked-correct" as const }));
  await writeAs(session, (c) => submitDisbursement({ ...c, now: NOW, id, input: { version, answers } })); // prettier-ignore
}

type Said = { what: string; nos: number[]; records: string[] };

/** All that is said of a draft to whoever reads the whole province: the law's answers and the soft ones, with no end. */
async function saidOf(owner: pg.Client, id: string): Promise<Said[]> {
  const { rows } = await owner.query<Said>(
    `WITH d AS (SELECT x.*, guard.case_of(x.id) AS case_id, guard.claim_periods_of(x.programme_id, x.fiscal_year, guard.first_day_of(x), x.ledger_on) AS periods
       FROM disbursements x WHERE x.id = $1), line AS (SELECT l.* FROM roster_lines l WHERE l.disbursement_id = $1 AND l.identity_id IS NOT NULL)
     SELECT a.what, a.nos, a.records::text[] AS records FROM d CROSS JOIN LATERAL guard.roster_alike(d.id, d.case_id, d.programme_id, d.periods,
       ARRAY(SELECT o.id FROM organisations o WHERE o.code = '630000')) AS a
     UNION ALL SELECT 'twice', array_agg(line.no ORDER BY line.no), '{}' FROM line GROUP BY line.identity_id HAVING count(*) > 1
     UNION ALL SELECT 'known', ARRAY[line.no], ARRAY[c.case_id::text] FROM d, line JOIN aid_claims c ON c.identity_id = line.identity_id
       WHERE c.programme_id = d.programme_id AND c.period_key = ANY (d.periods) AND c.case_id <> d.case_id`,
    [id],
  );
  return rows;
}

const speaksOf = ({ nos, records }: Said, pair: Planted): boolean =>
  nos.includes(pair.no) &&
  (pair.beside === pair.draft
    ? pair.nos.some((no) => nos.includes(no))
    : records.includes(pair.beside.id));

const percent = (part: number, whole: number) => `${((100 * part) / whole).toFixed(1)} %`;

async function measured(owner: pg.Client): Promise<boolean> {
  const { rows } = await owner.query<{ code: string }>("SELECT code FROM organisations WHERE kind = 'COUNTY' ORDER BY code LIMIT 20"); // prettier-ignore
  const organisations = rows.map(({ code }) => code);
  const sessions = new Map<string, string>();
  for (const code of organisations)
    sessions.set(
      code,
      await sessionAt(owner, { bench: "duplicates", organisation: code, roles: ["CLERK"] }),
    );
  const { ledgers, drafts, planted } = invented(organisations, new Random(SEED));
  const sessionOf = (list: List) => sessions.get(list.organisation) ?? "";
  let saving = 0;
  for (const list of [...ledgers, ...drafts]) saving += await entered(sessionOf(list), list);
  for (const list of ledgers) await submitted(sessionOf(list), list);
  await owner.query("VACUUM ANALYZE roster_lines, roster_marks, person_keys, aid_claims");

  const found = new Map<Kind, number>();
  const wrong = new Map<string, number>();
  let [right, said, comparing, judging] = [0, 0, 0, 0];
  for (const draft of drafts) {
    const [told, ms] = await timed(() => saidOf(owner, draft.id));
    comparing += ms;
    const [, all] = await timed(() => readAs(sessionOf(draft), (c) => getDisbursement({ ...c, id: draft.id, now: NOW }))); // prettier-ignore
    judging += all;
    const own = planted.filter((pair) => pair.draft === draft);
    said += told.length;
    for (const one of told) {
      const where = `${one.what}, ${one.records.length > 0 ? "against the ledger" : "within the list"}`;
      if (own.some((pair) => speaksOf(one, pair))) right += 1;
      else wrong.set(where, (wrong.get(where) ?? 0) + 1);
    }
    for (const pair of own) {
      const kinds = OF_THE_LAW.includes(pair.kind) ? ["twice", "known"] : ["account", "phone", "name"]; // prettier-ignore
      if (told.some((one) => kinds.includes(one.what) && speaksOf(one, pair)))
        found.set(pair.kind, (found.get(pair.kind) ?? 0) + 1);
    }
  }
  const lines = LINES * (LEDGERS + DRAFTS);
  heading(`${planted.length} pairs among ${lines} lines`, ["kind", "pairs", "found", "share"]);
  for (const kind of KINDS) {
    const many = found.get(kind) ?? 0;
    row(kind, [String(OF_EACH), String(many), percent(many, OF_EACH)]);
  }
  const caught = [...found.values()].reduce((sum, n) => sum + n, 0);
  row("all", [String(planted.length), String(caught), percent(caught, planted.length)]);
  console.log(`\nof what is said, planted: ${right} of ${said}, ${percent(right, said)}; not planted: ${[...wrong].map(([where, many]) => `${where} ${many}`).join(", ")}`); // prettier-ignore
  const judged = LINES * DRAFTS;
  console.log(`ms a line: saved ${(saving / lines).toFixed(3)}, compared with the ledger ${(comparing / judged).toFixed(3)}, with everything a record is judged by ${(judging / judged).toFixed(3)}`); // prettier-ignore
  const law = OF_THE_LAW.every((kind) => found.get(kind) === OF_EACH * GOALS.law);
  const each = KINDS.every((kind) => (found.get(kind) ?? 0) >= OF_EACH * GOALS.caught);
  return law && each && right >= said * GOALS.precision && (saving / lines + judging / judged) <= GOALS.msALine; // prettier-ignore
}

/** A list of ten thousand from a workbook, as the roster's page reads it and as its request is answered. */
async function tenThousand(owner: pg.Client): Promise<void> {
  const organisation = "630123";
  const session = await sessionAt(owner, { bench: "duplicates", organisation, roles: ["CLERK"] });
  const [random, registry] = [new Random(SEED + 1), new Registry()];
  const people = Array.from({ length: 10_000 }, () => person(random, registry, "639999"));
  const heads = ["序号", "姓名", "身份证号码", "联系电话", "银行卡号", "发放金额（元）"];
  const rows = people.map((one, n) => [n + 1, one.name, one.idNumber ?? "", one.phone ?? "", one.account ?? "", 600]); // prettier-ignore
  const bytes = await writeXlsx({ sheets: [{ name: "名单", rows: [["金秋助学花名册"], heads, ...rows] }] }); // prettier-ignore
  heading(`A list of ${people.length} lines (xlsx, ${(bytes.length / 1024).toFixed(0)} kB)`, ["step", "s"]); // prettier-ignore
  const step = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    const [result, ms] = await timed(work);
    row(name, [ms / 1000]);
    return result;
  };
  const lines = await step("preview: read, columns found, every line checked", async () => {
    let key = 0;
    const table = tableOf((await readTableFile(new File([new Uint8Array(bytes)], "名单.xlsx"))) ?? []); // prettier-ignore
    const found = table ? peopleOf(table, () => (key += 1)) : [];
    return found.map(({ line }) => readTyped(line, "2026-11-20").input);
  });
  if (lines.length !== people.length) throw new Error(`${lines.length} of ${people.length} read`);
  const list = { organisation, lines: [], id: "" };
  await entered(session, list);
  const { version } = await readAs(session, (c) =>
    getDisbursement({ ...c, id: list.id, now: NOW }),
  );
  const body = JSON.stringify({ version, lines });
  await step("commit: parsed, checked, sealed, marked, kept, answered", async () => {
    const input = putRosterInputSchema.parse(JSON.parse(body));
    return JSON.stringify(await writeAs(session, (c) => putRoster({ ...c, now: NOW, id: list.id, input }))); // prettier-ignore
  });
  await step("the record with its findings", () => readAs(session, (c) => getDisbursement({ ...c, id: list.id, now: NOW }))); // prettier-ignore
}

await prepare(database, true, async () => {});
await meetKeys();
const owner = new pg.Client({ connectionString: database.ownerUrl });
await owner.connect();
const holds = await measured(owner);
await tenThousand(owner);
await owner.end();
await closeDb();
if (!holds) {
  console.log("a goal is missed");
  process.exitCode = 1;
}

import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { contracts } from "@/lib/features/open-api/schema";
import { testActors, type TestPerson } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import { call, handlerOf } from "@/testing/http";
import { formOf, paper } from "@/testing/papers";
import { as } from "@/testing/records";

// Marked values in every field that is of a person: nothing that is kept, logged or answered to others has them.
const actors = testActors(await testDatabase());
const { owner } = actors;

const MARKED = {
  name: "旦增标记甲",
  idNumber: "639901198001010014",
  phone: "13909719871",
  payee: "索南标记乙",
  account: "6228480000000000018",
  note: "标记丙病",
};
/** The same of a household file: whatever is typed into it, and of an event. */
const FILED = {
  name: "南加标记丁",
  idNumber: "639901198001010022",
  born: "1980-01-01",
  phone: "13909719872",
  health: "标记戊症",
  workplace: "标记己厂",
  address: "标记庚巷",
};
const HAPPENED = { visitors: "标记辛员", note: "标记壬话" };
/** What a bank says of somebody, in a field of its own. */
const BANK = "户名不符：标记丁";
/** What somebody says against a list that hangs out. */
const OBJECTION = "标记戊已经领过";
/** Each in the forms in which it could stand: as it is, in base64, in hex, escaped. */
const { born: _, ...TOLD } = FILED;
const MARKS = [MARKED, TOLD, HAPPENED].flatMap((fields) => Object.values(fields));
const FORMS = [...MARKS, BANK, OBJECTION].flatMap((text) => [
  text,
  Buffer.from(text).toString("base64").replace(/=+$/, ""),
  Buffer.from(text).toString("hex"),
  encodeURIComponent(text),
]);
const hits = (text: string) => [...new Set(FORMS.filter((form) => text.includes(form)))];

/** Of no other test. */
const WORDS = MARKS.filter((text) => text.includes("标记") && text !== MARKED.note);

/** Where the log stands: the name of the file that is written now. */
async function logFile(): Promise<string> {
  const text = "SELECT pg_walfile_name(pg_current_wal_lsn()) AS name";
  return (await owner.query<{ name: string }>(text)).rows[0]?.name ?? "";
}
let logBegun = "";

/** What is found on the disk, file by file: in those of this database, and in the log that it shares. */
async function lyingIn(): Promise<{ files: number; base: string[]; log: string[] }> {
  await owner.query("CHECKPOINT");
  const { rows } = await owner.query<{ home: string; oid: string }>(
    "SELECT current_setting('data_directory') AS home, oid::text FROM pg_database WHERE datname = current_database()",
  );
  const [{ home, oid } = { home: "", oid: "" }] = rows;
  const inFolder = (folder: string) =>
    readdirSync(join(home, folder), { withFileTypes: true })
      .filter((one) => one.isFile())
      .map(({ name }) => join(home, folder, name));
  const bytesOf = FORMS.map((form) => Buffer.from(form));
  const found = (files: readonly string[]) => [
    ...new Set(
      files.flatMap((file) => {
        const bytes = readFileSync(file);
        return FORMS.filter((_, n) => bytes.includes(bytesOf[n] ?? ""));
      }),
    ),
  ];
  const base = inFolder(`base/${oid}`);
  // what was written before this file began, and what lies there to be written over, has no word of it
  const logEnds = await logFile();
  const log = inFolder("pg_wal").filter((file) => {
    const name = basename(file);
    return name >= logBegun && name <= logEnds;
  });
  expect(log.length).toBeGreaterThan(0);
  return { files: base.length, base: found(base), log: found(log) };
}

const said: string[] = [];
const spies = (["log", "warn", "error", "info"] as const).map((name) =>
  vi
    .spyOn(console, name)
    .mockImplementation((...words: unknown[]) => void said.push(words.join(" "))),
);
afterAll(() => spies.forEach((spy) => spy.mockRestore()));

let clerk: TestPerson;
let draft: { id: string; version: number };

/** By contract, as anybody who knows the address would ask; answers status and everything that came back. */
async function ask(id: string, person: TestPerson | null, more: Parameters<typeof call>[2] = {}) {
  const contract = contracts.find((one) => one.id === id);
  if (!contract) throw new Error(id);
  const query = contract.method === "GET" && contract.query ? "?year=2026&org=630123" : "";
  const path = `/api/v1${contract.path.replace(/\{(\w+)\}/g, (_, name: string) => more.params?.[name] ?? "x")}${query}`;
  const answer = await call(await handlerOf(contract), person, {
    method: contract.method,
    path,
    headers: { "idempotency-key": crypto.randomUUID() },
    ...more,
  });
  return { status: answer.status, text: JSON.stringify([answer.body, [...answer.headers]]) };
}

const body = (more: object = {}) => ({
  version: draft.version,
  lines: [{ ...MARKED, amountFen: "60000", ...more }],
});

beforeAll(async () => {
  logBegun = await logFile();
  clerk = await actors.clerk("630123");
  draft = await as(clerk).create({
    amountFen: "60000",
    counts: { persons: 1 },
    shares: [{ fundSource: "county-union", amountFen: "60000" }],
  });
});

/** A household file, and what happened to it: refused in every way there is, and kept; answers which it is. */
async function fileHousehold(stranger: TestPerson): Promise<string> {
  const { address, ...member } = FILED;
  const household = (more: object = {}) => ({
    ...{ organisation: "630123", filedOn: "2026-03-01", tier: "deep", kind: "urban" },
    ...{ level: "county", cause: "illness", address },
    members: [{ relation: "self", ...member, ...more }],
  });
  const filing = (person: TestPerson | null, body: object) => ask("createHousehold", person, { body }); // prettier-ignore
  const unfiled = [
    await filing(clerk, household({ idNumber: "639901198001010015" })),
    await filing(clerk, household({ sex: "male" })),
    await filing(clerk, household({ phone: `${FILED.phone}x` })),
    await filing(clerk, { ...household(), tier: 1 }),
    await filing(stranger, household()),
    await filing(await actors.admin(), household()),
    await filing(null, household()),
  ];
  expect(unfiled.every(({ status }) => status >= 400)).toBe(true);
  expect(unfiled.flatMap(({ text }) => hits(text))).toEqual([]);
  const opened = await filing(clerk, household());
  expect(opened.status).toBe(201);
  expect(hits(opened.text)).toEqual(Object.values(TOLD));
  const [{ id: file = "" } = {}] = JSON.parse(opened.text) as { id?: string }[];
  const happened = await ask("addHouseholdEvent", clerk, { params: { id: file }, body: { version: 1, kind: "visit", on: "2026-11-01", ...HAPPENED } }); // prettier-ignore
  expect(hits(happened.text)).toEqual([...Object.values(TOLD), ...Object.values(HAPPENED)]);
  const elsewhere = await filing(stranger, { ...household(), organisation: "632222" });
  expect(elsewhere.status).toBe(409);
  expect(hits(elsewhere.text)).toEqual([]);
  // brought in once more from a list, faulty and sound: nothing is filed, and no value is told again
  const { organisation: __, ...head } = household();
  for (const [dry, member] of [
    [true, {}],
    [false, {}],
    [true, { idNumber: "639901198001010015" }],
  ] as const) {
    const input = { ...head, members: household(member).members };
    const brought = await ask("importHouseholds", clerk, { body: { organisation: "630123", dry, households: [{ lines: [2], input }] } }); // prettier-ignore
    expect([brought.status, hits(brought.text)]).toEqual([200, []]);
  }
  const taken = (person: TestPerson) => ask("exportHouseholds", person, { path: "/api/v1/households/export?org=630123&format=csv&reason=check" }); // prettier-ignore
  expect(hits((await taken(clerk)).text)).toEqual(Object.values(TOLD));
  for (const person of [stranger, await actors.admin(), await actors.province()])
    expect(hits((await taken(person)).text)).toEqual([]);
  const search = { idNumber: FILED.idNumber };
  expect(hits((await ask("findHouseholds", clerk, { body: search })).text)).toEqual([]);
  const looked = await ask("revealHousehold", await actors.reviewer("630123"), { params: { id: file }, body: { fields: ["name", "notes"], reason: "visit" } }); // prettier-ignore
  expect(hits(looked.text)).toEqual([FILED.name, ...Object.values(HAPPENED)]);
  return file;
}

test("what is of a person stands in no table, no log line, and no answer but the clerk's own", async () => {
  const params = { id: draft.id };
  const put = (more: object, key: object = {}) =>
    ask("putRoster", clerk, { params, body: { ...body(more), ...key } });
  // refused in every way there is
  const refused = [
    await put({ idNumber: "639901198001010015" }),
    await put({ phone: `${MARKED.phone}x` }),
    await put({ surplus: MARKED.name }),
    await put({ persons: -1 }),
    await put({}, { version: 99 }),
    await put({}, { [MARKED.name]: 1 }),
    await ask("putRoster", await actors.clerk("632222"), { params, body: body() }),
    await ask("putRoster", await actors.admin(), { params, body: body() }),
    await ask("putRoster", null, { params, body: body() }),
    await ask("putRoster", clerk, { params, body: JSON.stringify(body()).slice(0, -2) }),
  ];
  expect(refused.every(({ status }) => status >= 400)).toBe(true);
  // what a request names its fields by is its sender's own word, and told to nobody else
  expect(refused.flatMap(({ text }) => hits(text)).filter((form) => form !== MARKED.name)).toEqual(
    [],
  );

  const kept = await put({});
  expect(kept.status).toBe(200);
  expect(hits(kept.text)).toEqual(Object.values(MARKED));
  expect(hits((await ask("getRoster", clerk, { params })).text)).toEqual(Object.values(MARKED));

  // elsewhere the same document was aided: the refusal names nobody
  const stranger = await actors.clerk("632222");
  const theirs = await as(stranger).create({ amountFen: "60000", counts: { persons: 1 }, shares: [{ fundSource: "county-union", amountFen: "60000" }] }); // prettier-ignore
  const listed = await ask("putRoster", stranger, { params: { id: theirs.id }, body: { ...body(), version: theirs.version } }); // prettier-ignore
  expect(listed.status).toBe(200);
  const theirsSent = await as(stranger).submit({ id: theirs.id, version: theirs.version + 1 });
  await as(await actors.reviewer("632222")).approve(theirsSent);
  const row = { account: MARKED.account, result: "paid", words: BANK };
  const posting = (amountFen: string) =>
    ask("postRosterPayments", stranger, {
      params: { id: theirs.id },
      body: { on: "2026-09-10", rows: [{ ...row, amountFen }] },
    });
  const [unposted, posted] = [await posting("1"), await posting("60000")];
  expect([unposted.status, posted.status]).toEqual([422, 200]);
  // a file for the bank, of a line that waits, says names to its clerk alone
  const paying = await as(stranger).create({ amountFen: "100", counts: { persons: 1 }, shares: [{ fundSource: "county-union", amountFen: "100" }] }); // prettier-ignore
  const { note: _, idNumber: __, ...payable } = MARKED;
  const waiting = { version: paying.version, lines: [{ ...payable, amountFen: "100" }] };
  expect((await ask("putRoster", stranger, { params: { id: paying.id }, body: waiting })).status).toBe(200); // prettier-ignore
  await as(await actors.reviewer("632222")).approve(
    await as(stranger).submit({ id: paying.id, version: paying.version + 1 }),
  );
  const made = await ask("makePaymentBatch", stranger, { params: { id: paying.id }, body: { format: "csv" } }); // prettier-ignore
  const file = await ask("getPaymentFile", stranger, { params: { id: paying.id, no: "1" } });
  expect([made.status, file.status]).toEqual([200, 200]);
  expect(hits(made.text)).toEqual([]);
  expect(hits(file.text)).toEqual([MARKED.payee, MARKED.account]);
  expect(hits(unposted.text + posted.text)).toEqual([]);

  // printed, hung out, objected to: what is printed has everything, what hangs out nothing
  const of = { id: theirs.id };
  const sheets = await ask("makeSignSheet", stranger, { params: of, body: {} });
  const receipt = await ask("makeReceipts", stranger, { params: of, body: { lines: [1], why: "发给本人" } }); // prettier-ignore
  expect([receipt.status, hits(receipt.text)]).toEqual([201, []]);
  const notice = { place: "一楼公示栏", telephone: "0971", postedOn: "2026-11-02" };
  const hung = await ask("postPublicNotice", stranger, { params: of, body: notice });
  expect([sheets.status, hung.status, hits(sheets.text + hung.text)]).toEqual([201, 201, []]);
  const { rows: notices } = await owner.query<{ id: string }>("SELECT id::text FROM public_notices"); // prettier-ignore
  const spoken = await ask("sayOfNotice", stranger, {
    params: { id: notices[0]?.id ?? "" },
    body: { on: "2026-11-03", words: OBJECTION },
  });
  expect([spoken.status, hits(spoken.text)]).toEqual([201, [OBJECTION]]);
  // as typed, to whoever said why: in that answer and nowhere else
  const asTyped = (fields: string[], words: string) =>
    ask("revealRoster", stranger, {
      params: { id: theirs.id },
      body: { fields, reason: { code: "returned", words } },
    });
  const shown = await asTyped([...Object.keys(MARKED), "bankWords"], "退票核实");
  expect(shown.status).toBe(200);
  expect(hits(shown.text)).toEqual([...Object.values(MARKED), BANK]);
  // and all of it, once another agreed
  const whole = await ask("requestReveal", stranger, { params: of, body: { fields: Object.keys(MARKED), reason: { code: "returned", words: "退票核实" } } }); // prettier-ignore
  const [{ id: request = "" } = {}] = JSON.parse(whole.text) as { id?: string }[];
  const granted = await ask("grantReveal", await actors.reviewer("632222"), { params: { id: request }, body: {} }); // prettier-ignore
  expect([whole.status, granted.status, hits(whole.text + granted.text)]).toEqual([201, 200, []]);
  const all = await ask("showGranted", stranger, { params: { id: request }, body: {} });
  expect([all.status, hits(all.text)]).toEqual([200, Object.values(MARKED)]);
  const unshown = await asTyped(["name"], `核对 ${MARKED.idNumber}`);
  expect([unshown.status, hits(unshown.text)]).toEqual([400, []]);
  const { findings } = await as(clerk).get(draft.id);
  const answers = findings.map(({ rule }) => ({ rule, answer: "checked-correct" }));
  const sent = await ask("submitDisbursement", clerk, {
    params,
    body: { version: draft.version + 1, answers },
  });
  expect(sent.status).toBe(422);
  const set = await ask("submitDisbursementSet", clerk, { body: { items: [{ id: draft.id, version: draft.version + 1, answers }] } }); // prettier-ignore
  expect(hits(sent.text + set.text)).toEqual([]);

  const household = await fileHousehold(stranger);

  // everybody else, everywhere where a record is read
  const people = [
    await actors.reviewer("630123"),
    await actors.province(),
    await actors.auditor(),
    await actors.admin(),
    stranger,
    null,
  ];
  const anywhere = {
    id: draft.id,
    year: "2026",
    list: "fund-sources",
    name: "x",
    no: "1",
    file: "1",
  };
  for (const person of [...people, clerk])
    for (const { id } of contracts.filter(({ method }) => method === "GET")) {
      if (person === clerk && id === "getRoster") continue;
      await owner.query("DELETE FROM rate_buckets");
      const ofFile = /^getHousehold(Aid)?$/.test(id);
      if (person === clerk && id === "getHousehold") continue;
      const { text } = await ask(id, person, { params: ofFile ? { id: household } : anywhere });
      expect(hits(text), `${id} to ${person?.role ?? "nobody"}`).toEqual([]);
    }

  // a paper of the record: its name names a person, and so does what is written on it
  const form = await formOf({ kind: "sign-off-sheet", signatures: "1" }, await paper(MARKED.phone), `${MARKED.name}.pdf`); // prettier-ignore
  const filed = await ask("addAttachment", clerk, { params, ...form, headers: { ...form.headers, "idempotency-key": crypto.randomUUID() } }); // prettier-ignore
  expect(filed.status).toBe(201);
  expect(hits(filed.text)).toEqual([]);
  for (const person of [...people, clerk])
    expect(hits((await ask("listAttachments", person, { params })).text)).toEqual([]);
  const store = process.env["NUANZHANG_OBJECTS"] ?? "";
  const lying = readdirSync(store, { recursive: true, withFileTypes: true }).filter((one) => one.isFile()); // prettier-ignore
  expect(lying.length).toBeGreaterThan(0);
  for (const one of lying)
    expect(hits(one.name + readFileSync(join(one.parentPath, one.name)).toString("latin1"))).toEqual([]); // prettier-ignore

  expect(hits(said.join("\n"))).toEqual([]);
  const { rows: tables } = await owner.query<{ name: string }>(
    `SELECT format('%I.%I', n.nspname, c.relname) AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind = 'r' AND n.nspname IN ('public', 'guard', 'graphile_worker')`,
  );
  expect(tables.length).toBeGreaterThan(40);
  for (const { name } of tables) {
    const { rows } = await owner.query<{ text: string | null }>(
      `SELECT string_agg(t::text, E'\\n') AS text FROM ${name} t`,
    );
    expect(hits(rows[0]?.text ?? ""), name).toEqual([]);
  }
  const sealed = await lyingIn();
  expect(sealed.files).toBeGreaterThan(100);
  expect(sealed.base).toEqual([]);
  // what other databases of the cluster write stands beside it, so of the log only words that nobody else has
  expect(sealed.log.filter((hit) => WORDS.includes(hit))).toEqual([]);
  // the same greps find what nobody sealed: a note in the clear
  const note = await as(clerk).create({ note: MARKED.note });
  const clear = await lyingIn();
  expect(clear.base).toEqual([MARKED.note]);
  expect(clear.log).toContain(MARKED.note);
  const { rows } = await owner.query<{ text: string }>("SELECT d::text AS text FROM disbursements d WHERE id = $1", [note.id]); // prettier-ignore
  expect(hits(rows[0]?.text ?? "")).toEqual([MARKED.note]);
}, 240_000);

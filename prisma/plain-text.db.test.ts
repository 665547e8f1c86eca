import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { contracts } from "@/lib/features/open-api/schema";
import { testActors, type TestPerson } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import { call, handlerOf } from "@/testing/http";
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
/** Each in the forms in which it could stand: as it is, in base64, in hex, escaped. */
const FORMS = Object.values(MARKED).flatMap((text) => [
  text,
  Buffer.from(text).toString("base64").replace(/=+$/, ""),
  Buffer.from(text).toString("hex"),
  encodeURIComponent(text),
]);
const hits = (text: string) => [...new Set(FORMS.filter((form) => text.includes(form)))];

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
  clerk = await actors.clerk("630123");
  draft = await as(clerk).create({
    amountFen: "60000",
    counts: { persons: 1 },
    shares: [{ fundSource: "county-union", amountFen: "60000" }],
  });
});

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
  await as(stranger).submit({ id: theirs.id, version: theirs.version + 1 });
  const { findings } = await as(clerk).get(draft.id);
  const answers = findings.map(({ rule }) => ({ rule, answer: "checked-correct" }));
  const sent = await ask("submitDisbursement", clerk, {
    params,
    body: { version: draft.version + 1, answers },
  });
  expect(sent.status).toBe(422);
  const set = await ask("submitDisbursementSet", clerk, { body: { items: [{ id: draft.id, version: draft.version + 1, answers }] } }); // prettier-ignore
  expect(hits(sent.text + set.text)).toEqual([]);

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
      await owner.query("TRUNCATE rate_buckets");
      const { text } = await ask(id, person, { params: anywhere });
      expect(hits(text), `${id} to ${person?.role ?? "nobody"}`).toEqual([]);
    }

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
  // the same greps find what nobody sealed: a note in the clear
  const note = await as(clerk).create({ note: MARKED.note });
  const { rows } = await owner.query<{ text: string }>("SELECT d::text AS text FROM disbursements d WHERE id = $1", [note.id]); // prettier-ignore
  expect(hits(rows[0]?.text ?? "")).toEqual([MARKED.note]);
}, 240_000);

import { beforeAll, describe, expect, test } from "vitest";
import { figuresContract } from "@/lib/features/figures/schema";
import { narrativeContract, narrativeExportContract } from "@/lib/features/narratives/schema";
import type { Unit } from "@/lib/features/narratives/types";
import { testActors, type TestPerson } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import { call, handlerOf } from "@/testing/http";
import { approvedRecord } from "@/testing/records";
import { getTextContract, listTextsContract, saveTextContract } from "./schema";

const actors = testActors(await testDatabase());
const routes: Record<string, Awaited<ReturnType<typeof handlerOf>>> = {};

let clerk: TestPerson;
let reviewer: TestPerson;
let stranger: TestPerson;
let auditor: TestPerson;

const ABOUT = { year: 2026, org: "630123", lang: "zh-CN" };

type Said = { start: number; end: number; figure: string; value: string; unit: Unit };
type Draft = { text: string; tokens: Said[]; seq: number };
type Marked = Said & { seq: number; now: { value: string; text: string | null } | null };
type Saved = Omit<Draft, "tokens"> & { version: number; moved: number; tokens: Marked[] };

async function get<T>(path: string, params: Record<string, string> = {}): Promise<T> {
  const [at = ""] = path.split("?");
  const { status, body } = await call(routes[`GET ${at}`] ?? (() => Promise.reject(new Error(at))), auditor, { path: `/api/v1${path}`, params }); // prettier-ignore
  if (status !== 200) throw new Error(`${path}: ${JSON.stringify(body)}`);
  return body as T;
}
const draft = () => get<Draft>("/narratives?year=2026&org=630123&lang=zh-CN");
const saved = (id: string) => get<Saved>("/narratives/texts/{id}", { id });

const save = (person: TestPerson, over: Record<string, unknown>) =>
  call(routes["POST /narratives/texts"] ?? (() => Promise.reject(new Error())), person, {
    method: "POST",
    path: "/api/v1/narratives/texts",
    headers: { "idempotency-key": crypto.randomUUID() },
    body: { ...ABOUT, latest: 0, source: null, ...over },
  });

/** The draft's numbers in prose of our own. */
const around = ({ tokens }: Pick<Draft, "tokens">, words = "我县") => ({
  title: "湟源县总工会简报",
  paragraphs: [
    {
      head: "综述。",
      pieces: [words, ...tokens.flatMap(({ figure, unit }) => ["，", { figure, unit }]), "。"],
    },
  ],
});

const codes = (answer: { body: object }) =>
  (answer.body as { error?: { code?: string } }).error?.code;

beforeAll(async () => {
  for (const one of [
    narrativeContract,
    narrativeExportContract,
    figuresContract,
    getTextContract,
    listTextsContract,
    saveTextContract,
  ])
    // prettier-ignore
    routes[`${one.method} ${one.path}`] = await handlerOf(one);
  clerk = await actors.clerk("630123");
  reviewer = await actors.reviewer("630100");
  stranger = await actors.clerk("632222");
  auditor = await actors.auditor();
  await approvedRecord(clerk, reviewer);
}, 120_000);

describe("a text of one’s own around numbers of the ledger", () => {
  let id = "";
  let first: Draft;

  test("is saved with every number as the server wrote it", async () => {
    first = await draft();
    expect(first.tokens.length).toBeGreaterThan(3);
    const answer = await save(clerk, { seq: first.seq, text: around(first) });
    expect(answer.status, JSON.stringify(answer.body)).toBe(201);
    expect(answer.body).toMatchObject({ version: 1, how: "edited", source: null, seq: first.seq });
    id = String(answer.body["id"]);
    const text = await saved(id);
    expect(text.moved).toBe(0);
    expect(text.tokens.map(({ figure, value }) => [figure, value])).toEqual(first.tokens.map(({ figure, value }) => [figure, value])); // prettier-ignore
    const words = (of: Pick<Draft, "text" | "tokens">) =>
      of.tokens.map(({ start, end }) => of.text.slice(start, end));
    expect(words(text)).toEqual(words(first));
    expect(text.text).toContain("综述。我县，");
  });

  test("takes no number that the ledger does not have, and no value of the writer’s", async () => {
    const [token] = first.tokens;
    const invented = { figure: `${token?.figure}&month=3`, unit: "records" };
    const answer = await save(clerk, { latest: 1, seq: first.seq, text: around({ tokens: [{ start: 0, end: 0, value: "1", ...invented, unit: "records" }] }) }); // prettier-ignore
    expect([answer.status, codes(answer)]).toEqual([400, "VALIDATION"]);
    const valued = { ...around(first), paragraphs: [{ head: null, pieces: [{ figure: token?.figure, unit: token?.unit, value: "1" }] }] }; // prettier-ignore
    expect((await save(clerk, { latest: 1, text: valued })).status).toBe(400);
  });

  test("is saved by nobody who does not work there, nor over a version not read", async () => {
    const text = around(first);
    expect((await save(stranger, { latest: 1, text })).status).toBe(404);
    expect((await save(auditor, { latest: 1, text })).status).toBe(403);
    expect(codes(await save(clerk, { latest: 0, text }))).toBe("STALE");
  });

  test("of two who save at once the second is told", async () => {
    const text = around(first, "同时");
    const both = await Promise.all([save(clerk, { latest: 1, text }), save(reviewer, { latest: 1, text })]); // prettier-ignore
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
  });

  test("shows old and new once the ledger moved, and is what its figures answer", async () => {
    await approvedRecord(clerk, reviewer, { paidOn: "2026-08-20", amountFen: "123400", shares: [{ fundSource: "county-union", amountFen: "123400" }] }); // prettier-ignore
    const text = await saved(id);
    expect(text.moved).toBeGreaterThan(2);
    for (const { figure, unit, value, now } of text.tokens) {
      if (!figure.startsWith("/figures?")) continue;
      const { totals } = await get<{ totals: Record<string, string | number> }>(figure);
      const current = String(totals[unit === "fen" ? "amountFen" : unit]);
      expect(now?.value ?? value, figure).toBe(current);
    }
    const amount = text.tokens.find(({ unit, now }) => unit === "fen" && now !== null);
    expect(BigInt(amount?.now?.value ?? 0) - BigInt(amount?.value ?? 0)).toBe(123_400n);
  });

  test("takes the new numbers into a new version, and comes back as it was", async () => {
    const taken = await save(clerk, { latest: 2, source: 1, refresh: true, text: null });
    expect(taken.body).toMatchObject({ version: 3, how: "refreshed", source: 1 });
    expect((await saved(String(taken.body["id"]))).moved).toBe(0);
    const back = await save(reviewer, { latest: 3, source: 1, text: null });
    expect(back.body).toMatchObject({ version: 4, how: "restored", source: 1 });
    const [one, four] = [await saved(id), await saved(String(back.body["id"]))];
    expect(four.text).toBe(one.text);
    const { items } = await get<{ items: { version: number }[] }>("/narratives/texts?year=2026&org=630123&lang=zh-CN"); // prettier-ignore
    expect(items.map(({ version }) => version)).toEqual([4, 3, 2, 1]);
  });

  test("asks the figures where no draft says a number any more", async () => {
    // an earlier draft told it apart; this one sums it up otherwise
    await actors.owner.query(
      `INSERT INTO narrative_texts (organisation_id, year, lang, version, author_id, how, body, seq, as_of)
       SELECT organisation_id, year, lang, 5, author_id, 'EDITED', replace(body::text, 'measures=', 'month=8&measures=')::jsonb, seq, as_of
       FROM narrative_texts WHERE id = $1`,
      [id],
    );
    const [{ id: fifth } = { id: "" }] = (await get<{ items: { id: string }[] }>("/narratives/texts?year=2026&org=630123&lang=zh-CN")).items; // prettier-ignore
    const text = await saved(fifth);
    const amount = text.tokens.find(({ figure, unit }) => unit === "fen" && figure.includes("month=8")); // prettier-ignore
    const { totals } = await get<{ totals: { amountFen: string } }>(amount?.figure ?? "");
    expect(amount?.now?.value ?? amount?.value).toBe(totals.amountFen);
    expect(text.moved).toBeGreaterThan(0);
  });

  test("is downloaded as it was saved, and every saving stands in the chain", async () => {
    const { body } = await call(routes["GET /exports/narrative"] ?? (() => Promise.reject(new Error())), clerk, { path: "/api/v1/exports/narrative?year=2026&org=630123&version=1" }); // prettier-ignore
    expect(String(body["text"]).replaceAll("\r\n", "\n").replace("\uFEFF", "")).toBe((await saved(id)).text); // prettier-ignore
    const { rows } = await actors.owner.query<{ n: number }>(
      "SELECT count(*)::int AS n FROM audit_entries WHERE action = 'narrative.save'",
    );
    expect(rows[0]?.n).toBe(4);
  });
});

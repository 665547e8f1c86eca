import type pg from "pg";
import { countyClerk, provinceReader } from "./generate";
import type { BenchServer } from "./server";

/** What is measured, each through the whole door: cookie, limits, session, scope, row-level security. */

export type Line = {
  name: string;
  /** One request; `n` chooses the person, so that nobody meets the limits made for one. */
  work(server: BenchServer, n: number): Promise<unknown>;
  /** The bare query beside it, asked by the owner: no session, scope, codes or totals. */
  yardstick?: { name: string; text: string; times?: number };
};

const PAGE = `SELECT d.*, o.code, p.code AS programme FROM disbursements d
  JOIN organisations o ON o.id = d.organisation_id JOIN programmes p ON p.id = d.programme_id`;
const ORDER = "ORDER BY d.ledger_on DESC, d.id DESC LIMIT 50";
const DEEP = Buffer.from("-ledgerOn:2019-06-15/500000").toString("base64url");
const CELL = encodeURIComponent("year=2024&organisation=630123&programme=golden-autumn");
const TOTALS = (columns: string, month: string) =>
  `SELECT ${columns}, sum(amount_fen)::bigint::text AS fen, sum(records)::int AS n, sum(persons)::int AS persons
   FROM figure_totals WHERE fiscal_year = 2024 AND month ${month} AND fund_source_id = 0
     AND status = 'APPROVED' GROUP BY ${columns}`;

/** A year's records up to a moment, and what came to count between two: counted from the entries, as the owner. */
const ENTERED = `FROM ledger_entries l JOIN disbursements d ON d.id = l.disbursement_id
  WHERE l.seq <= (SELECT max(position) FROM audit_entries WHERE at <= '2025-01-01T00:00:00+08:00')`;
const SUMS =
  "sum(d.amount_fen)::bigint::text AS fen, count(*)::int AS n, sum(d.persons)::int AS persons";

const get =
  (path: string, as: (n: number) => string): Line["work"] =>
  (server, n) =>
    server.ask({ path, as: as(n) });
const api = (path: string, as = provinceReader) => get(`/api/v1${path}`, as);

export const READS: Line[] = [
  { name: "nothing (health)", work: get("/api/health", provinceReader) },
  {
    name: "figures, county × programme",
    work: api("/figures?year=2024&groupBy=organisation,programme"),
    yardstick: { name: "the rollup", text: TOTALS("organisation_id, programme_id", "= -1") },
  },
  {
    name: "figures by month",
    work: api("/figures?year=2024&groupBy=month"),
    yardstick: { name: "the rollup", text: TOTALS("month", ">= 0") },
  },
  { name: "figures by category", work: api("/figures?groupBy=aidCategory") },
  {
    name: "figures of two sources",
    work: api("/figures?year=2024&fundSource=provincial-union,county-union&groupBy=organisation"),
  },
  {
    name: "ledger, first page",
    work: api("/disbursements?limit=50"),
    yardstick: { name: "50 rows", text: `${PAGE} ${ORDER}` },
  },
  {
    name: "ledger, deep page",
    work: api(`/disbursements?limit=50&cursor=${DEEP}`),
    yardstick: {
      name: "50 rows from there",
      text: `${PAGE} WHERE (d.ledger_on, d.id) < ('2019-06-15', 500000) ${ORDER}`,
    },
  },
  {
    name: "ledger of a county",
    work: api("/disbursements?limit=50", countyClerk),
    yardstick: {
      name: "50 rows of it",
      text: `${PAGE} WHERE d.organisation_id = (SELECT id FROM organisations WHERE code = '630123') ${ORDER}`,
    },
  },
  { name: "search, a county", work: api("/disbursements?limit=50&q=助学", countyClerk) },
  { name: "search, a fifth of the province", work: api("/disbursements?limit=50&q=助学") },
  { name: "search, a source of money", work: api("/disbursements?limit=50&q=省财政") },
  { name: "search, nothing found", work: api("/disbursements?limit=50&q=矿难") },
  {
    name: "explain one figure",
    work: api("/figures/explain?year=2024&organisation=630123&programme=golden-autumn"),
  },
  {
    name: "figures as of half a year ago",
    work: api("/figures?year=2026&groupBy=organisation,programme&asOf=2026-06-01T00:00:00%2B08:00"),
  },
  {
    name: "figures far back, one year",
    work: api("/figures?year=2024&groupBy=organisation,programme&asOf=2024-04-01T00:00:00%2B08:00"),
  },
  {
    name: "figures far back, all years",
    work: api("/figures?groupBy=organisation&asOf=2021-01-01T00:00:00%2B08:00"),
    yardstick: {
      name: "counted from the entries",
      text: `SELECT d.organisation_id, ${SUMS} ${ENTERED.replaceAll("2025", "2021")} GROUP BY 1`,
    },
  },
  {
    name: "changes over a year",
    work: api(
      "/changes?since=2024-01-01T00:00:00%2B08:00&until=2025-01-01T00:00:00%2B08:00&limit=50",
    ),
    yardstick: {
      name: "counted from the entries",
      text: `SELECT ${SUMS} ${ENTERED} AND l.seq > (SELECT max(position) FROM audit_entries WHERE at <= '2024-01-01T00:00:00+08:00')`,
    },
  },
  {
    name: "who handled a year of the province",
    work: api("/audit?figure=year%3D2024&limit=50"),
    yardstick: {
      name: "the chain's last 50",
      text: "SELECT * FROM audit_entries ORDER BY root_id DESC, position DESC LIMIT 50",
    },
  },
  { name: "who handled a cell", work: api(`/audit?figure=${CELL}&limit=50`) },
  {
    name: "cross table, county × programme",
    work: api("/cross?year=2024"),
    yardstick: { name: "the rollup", text: TOTALS("organisation_id, programme_id", "= -1") },
  },
  {
    name: "cross table, category × kind",
    work: api("/cross?year=2024&rows=aidCategory&columns=recipientKind"),
  },
  {
    name: "report form of 57 columns",
    work: get(
      "/api/v1/exports/layout?layout=annual&year=2024&format=csv&unit=yuan",
      provinceReader,
    ),
  },
  { name: "page: workbench, clerk", work: get("/workbench", countyClerk) },
  { name: "page: workbench, province", work: get("/workbench", provinceReader) },
  { name: "page: review", work: get("/review", provinceReader) },
  { name: "page: dashboard", work: get("/dashboard?year=2024", provinceReader) },
  { name: "page: ledger", work: get("/ledger", provinceReader) },
  { name: "page: cross table", work: get("/cross?year=2024", provinceReader) },
  {
    name: "page: changes over a year",
    work: get("/changes?year=2024&since=2024-01-01T00:00:00%2B08:00", provinceReader),
  },
  {
    name: "page: who handled a year",
    work: get("/audit?figure=year%3D2024", provinceReader),
  },
  { name: "page: report form", work: get("/reports/layouts/annual?year=2024", provinceReader) },
  { name: "page: yearly summary", work: get("/reports?year=2024", provinceReader) },
  { name: "page: comparison", work: get("/compare?year=2024", provinceReader) },
  { name: "page: brief", work: get("/narrative?year=2024&org=630123", provinceReader) },
  { name: "page: a year", work: get("/years/2024", provinceReader) },
];

type Stored = { id: string; version: number };

const SOFT = [
  ...["over-received", "per-head-unusual", "outside-season", "form-not-allowed"],
  ...["counts-missing", "much-above-last-year", "possible-duplicate"],
];

/** A record as it is typed. */
export function draft() {
  const fen = 1_000_000 + Math.floor(Math.random() * 30_000_000);
  const day = new Date(Date.UTC(2026, 0, 1 + Math.floor(Math.random() * 300)));
  return {
    ...{ organisation: "630123", programme: "golden-autumn", aidCategory: "education" },
    ...{ recipientKind: "needy-worker-children", form: "transfer" },
    paidOn: day.toISOString().slice(0, 10),
    amountFen: String(fen),
    counts: { households: 21 },
    shares: [
      { fundSource: "provincial-union", amountFen: String(fen - 400_000) },
      { fundSource: "county-union", amountFen: "400000" },
    ],
  };
}

/** To whatever is asked of a record. */
export const ANSWERS = SOFT.map((rule) => ({ rule, answer: "other", words: "按名册核对过" }));

const read = ({ text }: { text: string }) => JSON.parse(text) as Stored;

/** One record's way: each verb takes what the verb before it left. All in one county, the hardest case. */
export const VERBS = {
  create: async (server: BenchServer, n: number) =>
    read(await server.ask({ path: "/api/v1/disbursements", as: countyClerk(n), body: draft() })),
  submit: async (server: BenchServer, n: number, { id, version }: Stored) =>
    read(
      await server.ask({
        path: `/api/v1/disbursements/${id}/submit`,
        as: countyClerk(n),
        body: {
          version,
          answers: ANSWERS,
        },
      }),
    ),
  approve: async (server: BenchServer, n: number, { id, version }: Stored) =>
    read(
      await server.ask({
        path: `/api/v1/disbursements/${id}/approve`,
        as: provinceReader(n),
        body: { version },
      }),
    ),
};

export const PLAIN_INSERT = `INSERT INTO bench_plain (organisation_id, fiscal_year, paid_on, amount_fen, note)
  VALUES (1, 2026, '2026-08-28', 15390000, 'bench') RETURNING id`;

export async function makePlainTable(owner: pg.Client): Promise<void> {
  await owner.query(
    "CREATE TABLE IF NOT EXISTS bench_plain (id bigserial PRIMARY KEY, organisation_id int, fiscal_year smallint, paid_on date, amount_fen bigint, note text)",
  );
}

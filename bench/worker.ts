import pg from "pg";
import { encode } from "next-auth/jwt";
import type { RouteHandler } from "@/lib/platform/route";
import { countyClerk, provinceReader } from "./generate";

/** One database's side of the race: does what it is told, so many times, and answers the times in ms. */

export type Order = { task: string; times: number };
export type Report = { task: string; ms: number[]; bytes: number };

const url = process.env["DATABASE_URL"] ?? "";
const server = process.env["BENCH_URL"];
const bare = new pg.Pool({ connectionString: process.env["DATABASE_OWNER_URL"], max: 2 });
const context = (params: Record<string, string> = {}) => ({ params: Promise.resolve(params) });

async function handlers(): Promise<Record<string, RouteHandler>> {
  if (server) return {};
  const figures = await import("@/app/api/v1/figures/route");
  const ledger = await import("@/app/api/v1/disbursements/route");
  const file = await import("@/app/api/v1/exports/ledger/route");
  return { figures: figures.GET, ledger: ledger.GET, create: ledger.POST, file: file.GET };
}
const routes = await handlers();

/** Through the whole door: cookie, limits, session, scope, row-level security; over HTTP with BENCH_URL. */
async function ask(route: string, path: string, username: string, body?: object): Promise<number> {
  const cookie = await encode({
    token: { token: username },
    secret: process.env["NEXTAUTH_SECRET"] ?? "",
  });
  const init = {
    method: body ? "POST" : "GET",
    headers: {
      cookie: `next-auth.session-token=${cookie}`,
      ...(body ? { "content-type": "application/json" } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  };
  const request = new Request(new URL(`/api/v1${path}`, server ?? "http://bench.test"), init);
  const handler = routes[route];
  const answer = await (handler ? handler(request, context()) : fetch(request));
  const bytes = (await answer.arrayBuffer()).byteLength;
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return bytes;
}

async function plain(text: string, values: unknown[] = []): Promise<number> {
  const { rows } = await bare.query(text, values);
  return JSON.stringify(rows).length;
}

const DRAFT = {
  organisation: "630123",
  programme: "golden-autumn",
  aidCategory: "education",
  recipientKind: "needy-worker-children",
  form: "transfer",
  paidOn: "2026-08-28",
  amountFen: "15390000",
  counts: { households: 21 },
  shares: [
    { fundSource: "provincial-union", amountFen: "10000000" },
    { fundSource: "county-union", amountFen: "5390000" },
  ],
};
const DEEP = Buffer.from("2019-06-15/500000").toString("base64url");
const PAGE = `SELECT d.*, o.code, p.code AS programme FROM disbursements d
  JOIN organisations o ON o.id = d.organisation_id JOIN programmes p ON p.id = d.programme_id`;

/** The yardsticks ask the same tables with nothing around them: no session, scope, codes or totals. */
const TASKS: Record<string, (n: number) => Promise<number>> = {
  "figures by county and programme": (n) =>
    ask("figures", "/figures?year=2024&groupBy=organisation,programme", provinceReader(n)),
  "figures by county": (n) =>
    ask("figures", "/figures?year=2024&groupBy=organisation", provinceReader(n)),
  "figures by month": (n) => ask("figures", "/figures?year=2024&groupBy=month", provinceReader(n)),
  "figures, bare": () =>
    plain(
      `SELECT organisation_id, programme_id, sum(amount_fen)::bigint::text AS fen, sum(records)::int AS n, sum(persons)::int AS persons
       FROM figure_totals WHERE fiscal_year = 2024 AND month = -1 AND fund_source_id = 0 AND status = 'APPROVED' GROUP BY 1, 2`,
    ),
  "raw sum, bare": () =>
    plain(
      `SELECT organisation_id, programme_id, sum(amount_fen)::bigint::text AS fen, count(*)::int AS n, sum(persons)::int AS persons
       FROM disbursements WHERE fiscal_year = 2024 AND status = 'APPROVED' GROUP BY 1, 2`,
    ),
  "ledger, first page": (n) => ask("ledger", "/disbursements?limit=50", provinceReader(n)),
  "ledger, deep page": (n) =>
    ask("ledger", `/disbursements?limit=50&cursor=${DEEP}`, provinceReader(n)),
  "ledger of a county": (n) => ask("ledger", "/disbursements?limit=50&year=2024", countyClerk(n)),
  "first page, bare": () => plain(`${PAGE} ORDER BY d.ledger_on DESC, d.id DESC LIMIT 50`),
  "deep page, bare": () =>
    plain(
      `${PAGE} WHERE (d.ledger_on, d.id) < ('2019-06-15', 500000) ORDER BY d.ledger_on DESC, d.id DESC LIMIT 50`,
    ),
  create: (n) => ask("create", "/disbursements", countyClerk(n), DRAFT),
  "insert, bare": () =>
    plain(`INSERT INTO bench_plain (organisation_id, fiscal_year, paid_on, amount_fen, note)
      VALUES (1, 2026, '2026-08-28', 15390000, 'bench') RETURNING id`),
  "rows of a year, bare": () =>
    plain(`${PAGE} WHERE d.fiscal_year = 2024 ORDER BY d.ledger_on DESC, d.id DESC`),
  "ledger of a year as csv": (n) =>
    ask("file", "/exports/ledger?year=2024&format=csv", provinceReader(n)),
  "ledger of a year as xlsx": (n) =>
    ask("file", "/exports/ledger?year=2024&format=xlsx", provinceReader(n)),
};

async function run({ task, times }: Order): Promise<Report> {
  const work = TASKS[task];
  if (!work) throw new Error(`no task ${task}`);
  const ms: number[] = [];
  let bytes = 0;
  for (let i = 0; i < times; i++) {
    const start = performance.now();
    bytes = await work(Math.floor(Math.random() * 1_000));
    ms.push(performance.now() - start);
  }
  return { task, ms, bytes };
}

await bare.query(
  "CREATE TABLE IF NOT EXISTS bench_plain (id bigserial PRIMARY KEY, organisation_id int, fiscal_year smallint, paid_on date, amount_fen bigint, note text)",
);
process.on("message", (order: Order) => {
  run(order).then(
    (report) => process.send?.(report),
    (error: unknown) => process.send?.({ task: order.task, failed: `${url}: ${String(error)}` }),
  );
});
process.send?.("ready");

// placed in bench/ of a tree; speaks line JSON on stdin/stdout
import { encode } from "next-auth/jwt";
import { createInterface } from "node:readline";
import { GET as ledgerGet, POST as create } from "@/app/api/v1/disbursements/route";
import { GET as csvGet } from "@/app/api/v1/exports/ledger/route";
import { POST as submit } from "@/app/api/v1/disbursements/[id]/submit/route";
import { POST as approve } from "@/app/api/v1/disbursements/[id]/approve/route";
const secret = process.env["NEXTAUTH_SECRET"] ?? "";
const cookies = new Map<string, string>();
async function cookieOf(u: string) { let c = cookies.get(u); if (!c) { c = await encode({ token: { token: u }, secret, maxAge: 86400 }); cookies.set(u, c); } return c; }
let seed = 7;
const rnd = () => { seed = (seed * 1103515245 + 12345) % 2147483648; return seed / 2147483648; };
const SOFT = ["over-received","per-head-unusual","outside-season","form-not-allowed","counts-missing","much-above-last-year","possible-duplicate"];
function draft() {
  const fen = 1_000_000 + Math.floor(rnd() * 30_000_000);
  const day = new Date(Date.UTC(2026, 0, 1 + Math.floor(rnd() * 300)));
  return { organisation: "630123", programme: "golden-autumn", aidCategory: "education", recipientKind: "needy-worker-children", form: "transfer",
    paidOn: day.toISOString().slice(0, 10), amountFen: String(fen), counts: { households: 21 },
    shares: [ { fundSource: "provincial-union", amountFen: String(fen - 400_000) }, { fundSource: "county-union", amountFen: "400000" } ] };
}
async function ask(h: any, path: string, as: string, body: object, params: any) {
  const r = new Request("http://127.0.0.1:3000" + path, { method: "POST", headers: { host: "127.0.0.1:3000", cookie: `next-auth.session-token=${await cookieOf(as)}`, "content-type": "application/json", "idempotency-key": crypto.randomUUID() }, body: JSON.stringify(body) });
  const a = await h(r, { params: Promise.resolve(params) });
  const t = await a.text();
  if (a.status >= 300) throw new Error(path + " " + a.status + " " + t.slice(0, 600));
  return JSON.parse(t) as { id: string; version: number };
}
const clerk = (n: number) => `bench.clerk.${n % 40}`, prov = (n: number) => `bench.province.${n % 40}`;
const V: any = {
  csv: async (n: number) => { const r = new Request("http://127.0.0.1:3000/api/v1/exports/ledger?year=2024&format=csv", { headers: { host: "127.0.0.1:3000", cookie: `next-auth.session-token=${await cookieOf(prov(n))}` } }); const a = await (csvGet as any)(r, { params: Promise.resolve({}) }); let b = 0; for await (const c of a.body as any) b += c.length; if (a.status !== 200) throw new Error("csv " + a.status); return b; },
  ledger: async (n: number) => { const r = new Request("http://127.0.0.1:3000/api/v1/disbursements?limit=50", { headers: { host: "127.0.0.1:3000", cookie: `next-auth.session-token=${await cookieOf(clerk(n))}` } }); const a = await (ledgerGet as any)(r, { params: Promise.resolve({}) }); const t = await a.text(); if (a.status !== 200) throw new Error(t); return t.length; },
  create: (n: number) => ask(create, "/api/v1/disbursements", clerk(n), draft(), {}),
  submit: (n: number, b: any) => ask(submit, `/api/v1/disbursements/${b.id}/submit`, clerk(n), { version: b.version, answers: SOFT.map((rule) => ({ rule, answer: "other", words: "按名册核对过" })) }, { id: b.id }),
  approve: (n: number, b: any) => ask(approve, `/api/v1/disbursements/${b.id}/approve`, prov(n), { version: b.version }, { id: b.id }),
};
const left: any = { create: [], submit: [] };
async function round(verb: string, times: number, clients: number) {
  let n = 0; const from = verb === "create" || verb === "ledger" || verb === "csv" ? null : verb === "submit" ? left.create : left.submit; const to = verb === "create" ? left.create : verb === "submit" ? left.submit : null;
  const c0 = process.cpuUsage(), t0 = performance.now(); let failed = 0, done = 0;
  await Promise.all(Array.from({ length: clients }, async () => { for (;;) { const i = n++; if (i >= times) return; const b = from ? from.pop() : null; if (from && !b) return;
    try { const r = await V[verb](i, b); to?.push(r); done++; } catch (e) { failed++; if (failed < 3) console.error(String(e)); } } }));
  const c = process.cpuUsage(c0);
  return { done, failed, node: (c.user + c.system) / 1000 / done, ms: performance.now() - t0 };
}
for await (const line of createInterface({ input: process.stdin })) {
  const m = JSON.parse(line); if (m.quit) break;
  console.log(JSON.stringify(await round(m.verb, m.times, m.clients)));
}
process.exit(0);

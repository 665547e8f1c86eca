import { createHash } from "node:crypto";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { testActors, type TestPerson } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import { call, cookieFor } from "@/testing/http";
import { testLaws, rewrite, type Law, type Run } from "@/testing/laws";
import { formOf, paper, picture } from "@/testing/papers";
import { readArchive } from "@/testing/read-archive";
import { approvedRecord, as } from "@/testing/records";
import { testWorker, type TestWorker } from "@/testing/worker";

const database = await testDatabase();
const actors = testActors(database);
const { owner } = actors;
const attachments = await import("@/app/api/v1/disbursements/[id]/attachments/route");
const packs = await import("@/app/api/v1/evidence-packs/route");
const one = await import("@/app/api/v1/evidence-packs/[id]/route");
const file = await import("@/app/api/v1/evidence-packs/[id]/file/route");

type Fixture = {
  clerk: TestPerson;
  province: TestPerson;
  auditor: TestPerson;
  admin: TestPerson;
  place: number;
  sealed: string;
};
const f = {} as Fixture;
let worker: TestWorker;
const references = new Map<string, string>();
const sent = new Map<string, string>();

beforeAll(async () => {
  f.clerk = await actors.clerk("630123");
  f.province = await actors.province();
  f.auditor = await actors.auditor();
  f.admin = await actors.admin();
  const reviewer = await actors.reviewer("630123");
  for (let n = 1; n <= 5; n += 1) {
    const { id } = await approvedRecord(f.clerk, reviewer, { paidOn: `2026-08-0${n}` });
    references.set(id, (await as(f.clerk).get(id)).reference);
    if (n === 5) continue;
    const bytes =
      n === 2 ? await paper("签".codePointAt(0)?.toString() ?? "") : await picture(70 + n);
    const { body, headers } = await formOf({ kind: n === 2 ? "sign-off-sheet" : "photo" }, bytes);
    const answer = await call(attachments.POST, f.clerk, { method: "POST", params: { id }, body, headers: { ...headers, "idempotency-key": crypto.randomUUID() } }); // prettier-ignore
    expect(answer.status).toBe(201);
    sent.set(id, String(answer.body["sha256"]));
  }
  const { rows } = await owner.query<{ id: number }>("SELECT id FROM organisations WHERE code = '630123'"); // prettier-ignore
  f.place = rows[0]?.id ?? 0;
  worker = await testWorker(database);
}, 120_000);
afterAll(() => worker.stop());

const ask = async (person: TestPerson | null, sample?: object) =>
  call(packs.POST, person, { method: "POST", body: { year: 2026, org: "630123", ...(sample ? { sample } : {}) }, headers: { "idempotency-key": crypto.randomUUID() } }); // prettier-ignore
const made = (id: string, status = "done") =>
  vi.waitFor(
    async () => {
      const { body } = await call(one.GET, f.province, { params: { id } });
      expect(body["status"]).toBe(status);
      return body;
    },
    { timeout: 60_000, interval: 200 },
  );
async function taken(person: TestPerson, id: string): Promise<Buffer> {
  const request = new Request("http://nuanzhang.test/x", {
    headers: { host: "nuanzhang.test", cookie: await cookieFor(person) },
  });
  const answer = await file.GET(request, { params: Promise.resolve({ id }) });
  expect(answer.status).toBe(200);
  return Buffer.from(await answer.arrayBuffer());
}
const hashOf = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
type Manifest = {
  sample: object | null;
  vouchers: { id: string; reference: string; files: { name: string; sha256: string }[] }[];
};
const opened = (archive: Buffer) => {
  const parts = readArchive(archive);
  const manifest = JSON.parse(parts.get("manifest.json")?.toString() ?? "{}") as Manifest;
  return { parts, manifest };
};

test("a folder a voucher, a manifest last, and every hash is that of the file and of the chain", async () => {
  const { status, body } = await ask(f.province);
  expect(status).toBe(201);
  const pack = await made(String(body["id"]));
  f.sealed = String(body["id"]);
  const archive = await taken(f.province, String(body["id"]));
  expect(pack).toMatchObject({ vouchers: 4, files: 4, bytes: archive.length, sha256: hashOf(archive) }); // prettier-ignore
  const { parts, manifest } = opened(archive);
  expect([...parts.keys()].at(-1)).toBe("manifest.json");
  expect(manifest.vouchers.map(({ id, files }) => [id, files.map((one) => one.sha256)])).toEqual([...sent].map(([id, sha256]) => [id, [sha256]])); // prettier-ignore
  for (const { reference, files } of manifest.vouchers)
    for (const { name, sha256 } of files) {
      expect(name.startsWith(`${reference}/01-`)).toBe(true);
      expect(hashOf(parts.get(name) ?? Buffer.alloc(0))).toBe(sha256);
    }
  const { rows } = await owner.query<{ body: { sha256: string } }>("SELECT body::jsonb AS body FROM audit_entries WHERE action = 'evidence-pack.finish'"); // prettier-ignore
  expect(rows[0]?.body.sha256).toBe(hashOf(archive));
  const { rows: faults } = await owner.query("SELECT guard.faults_of_subjects_are_as_audited() AS n, guard.faults_of_seals_have_keys() AS k"); // prettier-ignore
  expect(faults).toEqual([{ n: "0", k: "0" }]);
  // who takes it leaves an entry, and an auditor over the place may as well
  await taken(f.auditor, String(body["id"]));
  const { rows: exports } = await owner.query("SELECT FROM audit_entries WHERE action = 'export.create' AND body::jsonb ->> 'kind' = 'evidence-pack'"); // prettier-ignore
  expect(exports).toHaveLength(2);
}, 90_000);

test("a sample is drawn again by whoever knows the seed, with evidence or without", async () => {
  const seed = "audit-2026-1";
  const { body } = await ask(f.auditor, { size: 3, seed });
  const id = String(body["id"]);
  await vi.waitFor(
    async () => {
      const { body: now } = await call(one.GET, f.auditor, { params: { id } });
      expect(now["status"]).toBe("done");
    },
    { timeout: 60_000, interval: 200 },
  );
  const { manifest } = opened(await taken(f.auditor, id));
  const drawn = [...references.keys()].sort((a, b) => (hashOf(Buffer.from(seed + a)) < hashOf(Buffer.from(seed + b)) ? -1 : 1)); // prettier-ignore
  expect(manifest.vouchers.map((one) => one.id)).toEqual(drawn.slice(0, 3));
  expect(manifest.sample).toMatchObject({ seed, size: 3 });
}, 90_000);

test("of clerks, reviewers and administrators none asks; a seed is plain", async () => {
  const reviewer = await actors.reviewer("630123");
  expect((await ask(f.clerk)).status).toBe(403);
  expect((await ask(reviewer)).status).toBe(403);
  expect((await ask(f.admin)).status).toBe(403);
  expect((await ask(null)).status).toBe(401);
  const bad = await ask(f.province, { size: 3, seed: "种子" });
  expect(bad.body.error?.fieldErrors?.["sample.seed"]?.[0]).toContain("字母");
});

describe("the laws of a pack", () => {
  const asked = async (run: Run) => void (await run("SELECT FROM guard.ask_evidence_pack($1, 2026, NULL, NULL)", [f.place])); // prettier-ignore
  const counted = (table: string) => async (run: Run) =>
    (await run(`SELECT FROM ${table}`)).length > 0 ? "found" : "nothing";
  const wall = "ALTER TABLE evidence_packs DISABLE ROW LEVEL SECURITY";
  const change = (set: string) => async (run: Run) =>
    void (await run(`UPDATE evidence_packs SET ${set} WHERE id = $1`, [f.sealed]));
  const laws: Law<Fixture>[] = [
    {
      law: "nobody asks but the province and auditors",
      by: () => f.clerk.session,
      attempt: asked,
      outcome: "42501",
      without: rewrite("packs_evidence(int)", "'{PROVINCE,AUDITOR}'", "'{CLERK}'"),
      then: "NZ008",
    },
    {
      law: "what is asked for is written into the chain",
      by: () => f.province.session,
      attempt: asked,
      outcome: "NZ008",
      without: "DROP TRIGGER audited ON evidence_packs; DROP TRIGGER audited ON jobs",
    },
    {
      law: "a clerk of the place reads no pack",
      by: () => f.clerk.session,
      attempt: counted("evidence_packs"),
      outcome: "nothing",
      without: wall,
      then: "found",
    },
    {
      law: "what it is of does not change",
      by: () => null,
      role: "owner",
      attempt: change("year = 2025"),
      outcome: "NZ004",
      without: "DROP TRIGGER before_change ON evidence_packs",
    },
    {
      law: "nor what was sealed",
      by: () => null,
      role: "owner",
      attempt: change("files = 9"),
      outcome: "NZ004",
      without: "DROP TRIGGER before_change ON evidence_packs",
    },
    {
      law: "and it is never deleted",
      by: () => null,
      role: "owner",
      attempt: async (run) => void (await run("DELETE FROM evidence_packs")),
      outcome: "NZ004",
      without: "DROP TRIGGER never_deleted ON evidence_packs",
    },
  ];
  testLaws(database, () => f, laws);
});

test("a file that is not there ends the pack, and nothing is offered", async () => {
  const [first = ""] = [...sent.keys()];
  const { rows } = await owner.query<{ key: string }>("SELECT object_key AS key FROM attachments WHERE disbursement_id = $1", [first]); // prettier-ignore
  rmSync(join(process.env["NUANZHANG_OBJECTS"] ?? "", rows[0]?.key ?? ""));
  const { body } = await ask(f.province);
  const id = String(body["id"]);
  await vi.waitFor(
    async () => {
      const { rows: jobs } = await owner.query("SELECT status, attempts FROM jobs WHERE input ->> 'pack' = $1 AND kind = 'EVIDENCE'", [id]); // prettier-ignore
      expect(jobs).not.toMatchObject([{ attempts: 0 }]);
    },
    { timeout: 60_000, interval: 200 },
  );
  const { body: pack } = await call(one.GET, f.province, { params: { id } });
  expect(pack["url"]).toBeNull();
}, 90_000);

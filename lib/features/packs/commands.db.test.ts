import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseCsv } from "hucre";
import { afterEach, beforeAll, expect, test, vi } from "vitest";
import { POST as again } from "@/app/api/v1/packs/[id]/regenerate/route";
import { GET as download } from "@/app/api/v1/packs/[id]/files/[name]/route";
import { GET as find } from "@/app/api/v1/packs/[id]/route";
import { GET as list, POST as ask } from "@/app/api/v1/packs/route";
import { packWords } from "@/lib/features/pack-files/labels";
import { PACK_FILES } from "@/lib/features/pack-files/types";
import { notesIn } from "@/lib/kernel/checkpoint";
import { formatFen } from "@/lib/kernel/money";
import { testActors, type TestPerson } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import { call } from "@/testing/http";
import { calculateSheets, hasLibreOffice } from "@/testing/libreoffice";
import { dice, openOffice } from "@/testing/office";
import { readPdf } from "@/testing/pdf";
import { testWorker, type TestWorker } from "@/testing/worker";
import type { Pack } from "./schema";

// The whole way with the real worker: asked over the API, made as the person, taken apart again.
const database = await testDatabase();
const { checkpointKey } = await import("@/lib/platform/checkpoint");
const { openManifest } = await import("@/lib/platform/pack-manifest");
const { openNote } = await import("@/lib/platform/signed-note");
const { packFaults } = await import("@/prisma/verify/pack-faults");
const { queryFigures } = await import("@/lib/features/figures/queries");
const { readAs } = await import("@/lib/platform/db");
const actors = testActors(database);
const { owner } = actors;
let worker: TestWorker | undefined;
let province: TestPerson;

vi.setConfig({ testTimeout: 240_000 });
afterEach(async () => {
  await owner.query("ROLLBACK");
  await worker?.stop();
  worker = undefined;
});

const deeds = async (many: number, seed: number) => {
  const office = await openOffice(database, {
    clerk: await actors.clerk("630000"),
    reviewer: await actors.province(),
    organisations: ["630000", "630100", "630104", "630123", "632222"],
  });
  await office.deeds(many, dice(seed));
  await office.close();
};

beforeAll(async () => {
  province = await actors.province();
  await deeds(300, 7);
}, 120_000);

const begun = async (person: TestPerson, org = "630000") => {
  const answer = await call(ask, person, { method: "POST", body: { year: 2025, org } });
  expect(answer.status).toBe(201);
  return String(answer.body["id"]);
};
const seen = async (person: TestPerson, id: string): Promise<Pack> =>
  (await call(find, person, { params: { id } })).body as unknown as Pack;
const finished = (person: TestPerson, id: string) =>
  vi.waitFor(
    async () => {
      const pack = await seen(person, id);
      expect(pack.status).toBe("done");
      return pack;
    },
    { timeout: 120_000, interval: 100 },
  );
const bytesOf = async (id: string, name: string): Promise<Buffer> => {
  const { rows } = await owner.query<{ content: Buffer }>(
    `SELECT string_agg(c.content, '' ORDER BY c.part) AS content FROM pack_chunks c JOIN pack_files f USING (pack_id, no)
     WHERE f.pack_id = $1 AND f.name = $2`,
    [id, name],
  );
  return rows[0]?.content ?? Buffer.alloc(0);
};
/** One that an earlier test has asked for. */
const sealed = async (): Promise<{ id: string; seq: number }> => {
  const { rows } = await owner.query<{ id: string; seq: string }>(
    "SELECT id::text, seq::text FROM packs WHERE sealed_at IS NOT NULL AND asked_by = $1 ORDER BY packs.id LIMIT 1",
    [province.userId],
  );
  return { id: rows[0]?.id ?? "", seq: Number(rows[0]?.seq ?? 0) };
};
const figureAt = (seq: number) =>
  readAs(province.session, ({ db, scope }) =>
    queryFigures({ db, scope, filter: { year: 2025, org: "630000", seq }, groupBy: [] }),
  );

test("a pack is whole, signed, and the same bytes once more after later approvals", async () => {
  const id = await begun(province);
  worker = await testWorker(database);
  const pack = await finished(province, id);
  expect(pack.files.map(({ name }) => name)).toEqual(PACK_FILES);
  for (const { name, bytes, sha256 } of pack.files) {
    const content = await bytesOf(id, name);
    expect([content.length, createHash("sha256").update(content).digest("hex")]).toEqual([
      bytes,
      sha256,
    ]);
  }
  const text = (await bytesOf(id, "manifest.json")).toString("utf8");
  const opened = openManifest(text, checkpointKey());
  const files = pack.files.filter(({ name }) => name !== "manifest.json");
  expect(opened).toMatchObject({
    manifest: {
      stamp: { seq: pack.seq, asOf: pack.asOf },
      files: files.map(({ name, bytes, sha256 }) => ({ name, bytes, sha256 })),
    },
  });
  expect(openManifest(text.replace(`"seq": ${pack.seq}`, `"seq": ${pack.seq + 1}`), checkpointKey())).toEqual({ fault: "not-what-was-signed" }); // prettier-ignore
  const [note] = notesIn((await bytesOf(id, "checkpoint.txt")).toString("utf8"));
  const head = await owner.query("SELECT hash FROM audit_entries WHERE position = $1", [pack.seq]);
  const { text: said } = openNote(note ?? "", checkpointKey()) as { text: string };
  expect(said).toContain(`${pack.seq} ${(head.rows[0] as { hash: string }).hash}`);

  const csv = parseCsv((await bytesOf(id, "ledger.csv")).toString("utf8"), {
    typeInference: false,
  });
  const heads = csv.findIndex((line) => line[0] === "编号");
  const column = csv[heads]?.indexOf("金额（分）") ?? -1;
  const before = await figureAt(pack.seq);
  const sum = csv
    .slice(heads + 1)
    .reduce((all, line) => all + BigInt(String(line[column] || 0)), 0n);
  expect(sum).toBe(BigInt(before.totals.amountFen) + BigInt(before.leftOut.contributory.amountFen));

  await deeds(200, 11);
  const now = await readAs(province.session, ({ db, scope }) =>
    queryFigures({ db, scope, filter: { year: 2025, org: "630000" }, groupBy: [] }),
  );
  expect(now.totals.amountFen).not.toBe(before.totals.amountFen);
  const answer = await call(again, province, { method: "POST", params: { id }, body: {} });
  expect(answer.status).toBe(201);
  const second = await finished(province, String(answer.body["id"]));
  expect(second).toMatchObject({ seq: pack.seq, again: { of: id, differs: [] } });
});

const AXES_ON_PAPER = ["programme", "month", "fundSource", "aidCategory", "recipientKind", "form", "campaign"] as const; // prettier-ignore

test("what is printed is what the figures are, axis by axis, with numbered pages and signatures", async () => {
  const { id, seq } = await sealed();
  const pages = readPdf(await bytesOf(id, "summary.pdf"));
  const text = pages.map((page) => page.text).join("");
  for (const [at, page] of pages.entries()) {
    expect([page.width, page.height].map(Math.round)).toEqual([842, 595]);
    expect(page.text).toContain(`第${at + 1}页，共${pages.length}页`);
  }
  expect(text).not.toContain("不符");
  for (const axis of AXES_ON_PAPER) {
    const figure = await readAs(province.session, ({ db, scope }) =>
      queryFigures({ db, scope, filter: { year: 2025, org: "630000", seq }, groupBy: [axis] }),
    );
    const own = pages.filter((page) =>
      page.text.includes(`（按${packWords("zh-CN").axis[axis]}）`),
    );
    const said = own.map((page) => page.text).join("");
    const yuan = (fen: string) => formatFen(BigInt(fen), { unit: "yuan" });
    const whole = yuan(figure.totals.amountFen);
    expect(said, axis).toContain(`(1)=台账已审核合计${whole}相符`);
    // over its checks: the total, and after it line by line what the figures come to
    const [table = ""] = said.split("核对");
    const lines = figure.rows.filter(({ amountFen }) => amountFen !== "0");
    let at = 0;
    for (const amount of [whole, ...lines.map(({ amountFen }) => yuan(amountFen))]) {
      const found = table.indexOf(amount, at);
      expect(found, `${axis} ${amount}`).toBeGreaterThan(-1);
      at = found + amount.length;
    }
  }
  const contributory = (await figureAt(seq)).leftOut.contributory.amountFen;
  expect(text).toContain(`职工医疗互助${formatFen(BigInt(contributory), { unit: "yuan" })}相符`);
  for (const place of ["城西区总工会", "湟源县总工会", "祁连县总工会"])
    expect(text).toContain(place);
});

test("a folder of what was taken away is as it was signed; a byte of the pdf or the document is noticed", async () => {
  const { id } = await sealed();
  const folder = await mkdtemp(join(tmpdir(), "nuanzhang-pack-"));
  try {
    for (const name of PACK_FILES) await writeFile(join(folder, name), await bytesOf(id, name));
    const faults = () => packFaults(folder, checkpointKey());
    expect(await faults()).toEqual([]);
    for (const name of ["summary.pdf", "narrative.docx"]) {
      const bytes = await bytesOf(id, name);
      bytes[bytes.length - 9] = 0;
      await writeFile(join(folder, name), bytes);
    }
    expect(await faults()).toEqual([
      { kind: "changed", file: "summary.pdf" },
      { kind: "changed", file: "narrative.docx" },
    ]);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test("killed in the middle, the next worker goes on where it was, and the bytes are the same", async () => {
  const id = await begun(province);
  // the fourth file cannot begin as long as somebody else may be writing it
  await owner.query("BEGIN");
  await owner.query(
    "INSERT INTO pack_files (pack_id, no, name, media_type) VALUES ($1, 3, 'ledger.xlsx', 'x')",
    [id],
  );
  const first = await testWorker(database);
  await vi.waitFor(
    async () => {
      expect((await seen(province, id)).files.map(({ name }) => name)).toEqual(
        PACK_FILES.slice(0, 3),
      );
    },
    { timeout: 60_000, interval: 20 },
  );
  await first.kill();
  await owner.query("ROLLBACK");
  const rows = async () =>
    (
      await owner.query(
        "SELECT no, xmin::text FROM pack_files WHERE pack_id = $1 AND no < 3 ORDER BY no",
        [id],
      )
    ).rows;
  const kept = await rows();
  expect(kept).toHaveLength(3);
  worker = await testWorker(database);
  await finished(province, id);
  expect(await rows()).toEqual(kept);
  const answer = await call(again, province, { method: "POST", params: { id }, body: {} });
  const second = await finished(province, String(answer.body["id"]));
  expect(second.again).toEqual({ of: id, differs: [] });
});

test("its asker and the auditors over the place read it, nobody else, and taking a file leaves an entry", async () => {
  const clerk = await actors.clerk("630123");
  const id = await begun(clerk, "630123");
  worker = await testWorker(database);
  await finished(clerk, id);
  const auditor = await actors.auditor();
  expect((await call(find, auditor, { params: { id } })).status).toBe(200);
  for (const other of [await actors.clerk("632222"), await actors.clerk("630123"), province])
    expect((await call(find, other, { params: { id } })).status).toBe(404);
  const listed = (await call(list, province)).body as unknown as { items: Pack[] };
  expect(listed.items.map((one) => one.id)).not.toContain(id);
  const params = { id, name: "ledger.csv" };
  const taken = await call(download, clerk, { params });
  expect(taken.headers.get("content-disposition")).toContain("attachment");
  const entry = await owner.query<{ body: string }>(
    "SELECT body FROM audit_entries WHERE action = 'export.create' ORDER BY position DESC LIMIT 1",
  );
  expect(JSON.parse(entry.rows[0]?.body ?? "{}")).toMatchObject({ kind: "pack", pack: id });
  await owner.query("UPDATE memberships SET revoked_at = now() WHERE user_id = $1", [clerk.userId]);
  expect((await call(download, clerk, { params })).status).not.toBe(200);
});

test("what the whole province may read is given after a password", async () => {
  const { rows } = await owner.query<{ id: string }>(
    "SELECT id::text FROM packs WHERE sealed_at IS NOT NULL AND asked_by = $1 LIMIT 1",
    [province.userId],
  );
  const params = { id: rows[0]?.id ?? "", name: "manifest.json" };
  await owner.query(
    "UPDATE sessions SET proven_at = now() - interval '1 hour' WHERE user_id = $1",
    [province.userId],
  );
  expect((await call(download, province, { params })).status).toBe(403);
});

test.skipIf(!hasLibreOffice)(
  "opened and recalculated in LibreOffice, the sums are the ledger's",
  async () => {
    const { id, seq } = await sealed();
    const figure = await figureAt(seq);
    const yuan = (Number(figure.totals.amountFen) / 100).toString();
    const sheets = await calculateSheets(await bytesOf(id, "summary.xlsx"));
    expect([...sheets.values()].flat(2)).toContain(yuan);
    const said = [...sheets.values()].flat(2);
    expect(said).toContain("相符");
    expect(said).not.toContain("不符");
  },
);

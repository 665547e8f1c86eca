import { readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { testActors, type TestPerson } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import { call, type Answer } from "@/testing/http";
import { formOf, paper, picture } from "@/testing/papers";
import { approvedRecord, as, sampleFields } from "@/testing/records";
import { testWorker, type TestWorker } from "@/testing/worker";

const database = await testDatabase();
const actors = testActors(database);
const { owner } = actors;
const collection = await import("@/app/api/v1/disbursements/[id]/attachments/route");
const single = await import("@/app/api/v1/attachments/[id]/route");

let clerk: TestPerson;
let colleague: TestPerson;
let reviewer: TestPerson;
let province: TestPerson;
let worker: TestWorker | undefined;

beforeAll(async () => {
  clerk = await actors.clerk("630123");
  colleague = await actors.clerk("630123");
  reviewer = await actors.reviewer("630123");
  province = await actors.province();
});
afterEach(async () => {
  await worker?.stop();
  worker = undefined;
});

type Fields = Record<string, string>;
async function add(
  person: TestPerson | null,
  id: string,
  fields: Fields,
  file?: Uint8Array,
  key: string = crypto.randomUUID(),
): Promise<Answer> {
  await owner.query("DELETE FROM rate_buckets");
  const { body, headers } = await formOf(fields, file);
  return call(collection.POST, person, { method: "POST", params: { id }, body, headers: { ...headers, "idempotency-key": key } }); // prettier-ignore
}
const PHOTO = { kind: "photo" };
const idOf = ({ body }: Answer) => String(body["id"]);
const fault = ({ body }: Answer) => Object.values(body.error?.fieldErrors ?? {}).flat()[0] ?? "";
const list = async (person: TestPerson, id: string) => {
  const { status, body } = await call(collection.GET, person, { params: { id } });
  return { status, mayAdd: body["mayAdd"], mayRemove: body["mayRemove"], items: body["items"] as { id: string; removed: unknown }[] }; // prettier-ignore
};
const fetched = (person: TestPerson | null, id: string) =>
  call(single.GET, person, { params: { id } });
const remove = (person: TestPerson, id: string) =>
  call(single.DELETE, person, { method: "DELETE", params: { id }, headers: { "idempotency-key": crypto.randomUUID() } }); // prettier-ignore
const inStore = (prefix: string): string[] => {
  try {
    return readdirSync(join(process.env["NUANZHANG_OBJECTS"] ?? "", prefix), { recursive: true }).map(String).filter((name) => name.length > 30); // prettier-ignore
  } catch {
    return [];
  }
};
const entries = async (id: string) => {
  const { rows } = await owner.query<{ action: string; body: object }>(
    "SELECT action, body::jsonb AS body FROM audit_entries WHERE subject_id = $1 ORDER BY position",
    [id],
  );
  return rows;
};

describe("a file", () => {
  test("is kept without what it said of its camera, and given out as a download that does nothing", async () => {
    const { id } = await as(clerk).create();
    const sent = await picture(3, "2026:08:28 10:15:00");
    const added = await add(clerk, id, PHOTO, sent);
    expect(added.status).toBe(201);
    expect(added.body).toMatchObject({ no: 1, kind: "photo", mediaType: "image/jpeg", takenOn: "2026-08-28", late: false, removed: null }); // prettier-ignore
    const file = await fetched(clerk, idOf(added));
    expect(file.status).toBe(200);
    const header = (name: string) => file.headers.get(name) ?? "";
    expect(header("content-disposition")).toMatch(/^attachment; filename="630123-2026-\d{6}_01_/);
    expect(header("content-type")).toBe("image/jpeg");
    expect(header("content-security-policy")).toMatch(/^sandbox; default-src 'none'/);
    expect(header("x-content-type-options")).toBe("nosniff");
    expect(header("cache-control")).toBe("no-store");
    expect(String(file.body["text"])).not.toContain("Exif");
    expect(await entries(idOf(added))).toEqual([{ action: "attachment.add", body: expect.objectContaining({ kind: "photo", record: id, late: false }) as object }]); // prettier-ignore
    expect(JSON.stringify(added.body)).not.toContain("照片.jpg");
  });

  test("that is sent twice by one intention is one", async () => {
    const { id } = await as(clerk).create();
    const key = crypto.randomUUID();
    const form = await formOf(PHOTO, await picture(4));
    const send = () => call(collection.POST, clerk, { method: "POST", params: { id }, body: form.body, headers: { ...form.headers, "idempotency-key": key } }); // prettier-ignore
    const [first, again] = [await send(), await send()];
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(idOf(again)).toBe(idOf(first));
    expect((await list(clerk, id)).items).toHaveLength(1);
  });

  test("that is none, or that would do something, is refused with what to do", async () => {
    const { id } = await as(clerk).create();
    const heic = Buffer.from("00000018667479706865696300000000686569636d696631", "hex");
    const [before, aside] = [inStore("ev").length, inStore("tmp").length];
    const refused = async (fields: Fields, file?: Uint8Array) => {
      const answer = await add(clerk, id, fields, file);
      expect(answer.status).toBe(400);
      return fault(answer);
    };
    expect(await refused(PHOTO, heic)).toContain("兼容性最佳");
    expect(await refused({ kind: "invoice" }, await paper("invoice", true))).toContain(
      "打印为 PDF",
    );
    expect(await refused(PHOTO, Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>"))).toContain("JPEG"); // prettier-ignore
    expect(await refused(PHOTO)).toContain("请填写");
    expect(await refused({ kind: "letter" }, await picture(5))).toContain("请选择");
    expect(await refused({ kind: "invoice", invoiceNumber: "12" }, await picture(5))).toContain("发票号码"); // prettier-ignore
    // a person's number, where that of an invoice is asked for
    expect(await refused({ kind: "invoice", invoiceNumber: "639901198001010014" }, await picture(5))).toContain("发票号码"); // prettier-ignore
    expect(await refused({ kind: "photo", signatures: "3" }, await picture(5))).not.toBe("");
    expect(inStore("ev")).toHaveLength(before);
    expect(inStore("tmp")).toHaveLength(aside);
    expect((await list(clerk, id)).items).toEqual([]);
  });

  test("of one who may add none is not even received", async () => {
    const { id } = await as(clerk).create();
    const aside = inStore("tmp").length;
    const asked = async (person: TestPerson | null) =>
      (await add(person, id, PHOTO, await picture(6))).status;
    expect(await asked(reviewer)).toBe(403);
    expect(await asked(province)).toBe(403);
    expect(await asked(await actors.clerk("632222"))).toBe(404);
    expect(await asked(await actors.admin())).toBe(403);
    expect(await asked(null)).toBe(401);
    const big = { "content-type": "multipart/form-data; boundary=x", "content-length": String(30 * 1024 * 1024) }; // prettier-ignore
    const answer = await call(collection.POST, clerk, { method: "POST", params: { id }, body: "x", headers: { ...big, "idempotency-key": crypto.randomUUID() } }); // prettier-ignore
    expect(answer.status).toBe(413);
    expect(inStore("tmp")).toHaveLength(aside);
  });

  test("there are sixty of a record, and no more", async () => {
    const { id } = await as(clerk).create();
    const one = await add(clerk, id, PHOTO, await picture(7));
    await owner.query("SET session_replication_role = replica");
    await owner.query(
      `INSERT INTO attachments SELECT (jsonb_populate_record(a, jsonb_build_object('id', gen_random_uuid(), 'no', n, 'object_key', 'ev/00/' || gen_random_uuid()))).*
       FROM attachments a, generate_series(2, 60) n WHERE a.id = $1`,
      [idOf(one)],
    );
    await owner.query("SET session_replication_role = origin");
    const full = await add(clerk, id, PHOTO, await picture(7));
    expect(full.status).toBe(400);
    expect(fault(full)).toContain("60");
  });
});

describe("beside a record", () => {
  test("it is removed while nobody judges it, and its key with it; that it was there stays", async () => {
    const { id } = await as(clerk).create();
    const file = idOf(await add(clerk, id, PHOTO, await picture(8)));
    expect((await remove(reviewer, file)).status).toBe(403);
    expect((await remove(colleague, file)).status).toBe(200);
    expect((await fetched(clerk, file)).status).toBe(404);
    const { items } = await list(clerk, id);
    expect(items[0]?.removed).toMatchObject({ by: { id: colleague.userId } });
    const { rows } = await owner.query("SELECT FROM file_keys WHERE id = $1", [file]);
    expect(rows).toEqual([]);
    expect((await entries(file)).map(({ action }) => action)).toEqual(["attachment.add", "attachment.remove"]); // prettier-ignore
    // a number is not given twice
    expect((await add(clerk, id, PHOTO, await picture(9))).body["no"]).toBe(2);
  });

  test("after the submission it is added as later evidence, and nothing goes", async () => {
    const draft = await as(clerk).create();
    const first = idOf(await add(clerk, draft.id, PHOTO, await picture(10)));
    await as(clerk).submit(draft);
    expect(await list(clerk, draft.id)).toMatchObject({ mayAdd: true, mayRemove: false });
    const later = await add(clerk, draft.id, { kind: "sign-off-sheet", signatures: "21" }, await paper("sheet")); // prettier-ignore
    expect(later.body).toMatchObject({ late: true, signatures: 21, mediaType: "application/pdf" });
    for (const file of [first, idOf(later)]) expect((await remove(clerk, file)).status).toBe(409);
    const { rows } = await owner.query("SELECT guard.faults_of_records_are_as_audited() + guard.faults_of_subjects_are_as_audited() AS n"); // prettier-ignore
    expect(rows).toEqual([{ n: "0" }]);
  });

  test("of a voided record nothing is added; of an approved one there may", async () => {
    const { id } = await approvedRecord(clerk, reviewer, { paidOn: "2026-08-21" });
    expect((await add(clerk, id, PHOTO, await picture(11))).status).toBe(201);
    const draft = await as(clerk).create({ paidOn: "2026-08-22" });
    await as(clerk).void(draft);
    expect((await add(clerk, draft.id, PHOTO, await picture(11))).status).toBe(409);
  });

  test("whoever reads the record reads it; from elsewhere it is not there, and who passes by leaves an entry", async () => {
    const { id } = await as(clerk).create();
    const file = idOf(await add(clerk, id, PHOTO, await picture(12)));
    const seen = async (person: TestPerson | null) => (await fetched(person, file)).status;
    expect(await seen(reviewer)).toBe(200);
    const taken = async () => Number((await owner.query<{ n: string }>("SELECT count(*) AS n FROM audit_entries WHERE action = 'export.create' AND body::jsonb ->> 'attachment' = $1", [file])).rows[0]?.n); // prettier-ignore
    expect(await taken()).toBe(0);
    expect(await seen(province)).toBe(200);
    expect(await seen(await actors.auditor())).toBe(200);
    expect(await taken()).toBe(2);
    expect(await seen(await actors.clerk("632222"))).toBe(404);
    expect(await seen(await actors.admin())).toBe(403);
    expect(await seen(null)).toBe(401);
  });
});

describe("it argues", () => {
  const findings = async (person: TestPerson, id: string) =>
    (await as(person).get(id)).findings.filter(({ field }) => field === "evidence").map(({ rule, values }) => [rule, values]); // prettier-ignore
  const referenceOf = async (id: string) => (await as(clerk).get(id)).reference;

  test("the same file beside another record: in reach with its number, elsewhere in one bit", async () => {
    const stranger = await actors.clerk("632222");
    const sent = await picture(40);
    const mine = await as(clerk).create({ paidOn: "2026-08-01" });
    await add(clerk, mine.id, PHOTO, sent);
    expect(await findings(clerk, mine.id)).toEqual([]);
    const again = await as(clerk).create({ paidOn: "2026-08-02" });
    await add(clerk, again.id, { kind: "notice" }, sent);
    expect(await findings(clerk, again.id)).toEqual([["evidence-used", { files: "1", references: await referenceOf(mine.id), where: "ledger" }]]); // prettier-ignore
    const theirs = await as(stranger).create({ paidOn: "2026-08-03" });
    await add(stranger, theirs.id, PHOTO, sent);
    expect(await findings(stranger, theirs.id)).toEqual([["evidence-used", { files: "1", references: "", where: "elsewhere" }]]); // prettier-ignore
    expect(JSON.stringify(await as(stranger).get(theirs.id))).not.toContain("630123");
    // the other was voided, this one removed: nobody is told of either
    await as(clerk).void(mine);
    const [{ id: file } = { id: "" }] = (await list(stranger, theirs.id)).items;
    await remove(stranger, file);
    expect(await findings(clerk, again.id)).toEqual([]);
  });

  test("a correction may show what its original showed", async () => {
    const sent = await picture(41);
    const approved = await approvedRecord(clerk, reviewer, { paidOn: "2026-08-04" });
    await add(clerk, approved.id, PHOTO, sent);
    const { adjustments } = await as(clerk).adjust(approved, { ...sampleFields, note: "更正" });
    const id = adjustments[0]?.replacementId ?? "";
    expect((await add(clerk, id, PHOTO, sent)).status).toBe(201);
    expect(await findings(clerk, id)).toEqual([]);
  });

  test("a photograph made smaller is known again in the place itself; a sheet is not looked at so", async () => {
    const { default: sharp } = await import("sharp");
    const first = await picture(42);
    const again = await sharp(first).resize(400).jpeg({ quality: 60 }).toBuffer();
    const one = await as(clerk).create({ paidOn: "2026-08-05" });
    await add(clerk, one.id, PHOTO, first);
    const two = await as(clerk).create({ paidOn: "2026-08-06" });
    await add(clerk, two.id, PHOTO, again);
    expect(await findings(clerk, two.id)).toEqual([["photo-alike", { files: "1", references: await referenceOf(one.id), where: "ledger" }]]); // prettier-ignore
    const sheet = await as(clerk).create({ paidOn: "2026-08-07" });
    await add(clerk, sheet.id, { kind: "sign-off-sheet" }, again);
    expect((await findings(clerk, sheet.id)).map(([rule]) => rule)).toEqual(["evidence-used"]);
  });

  test("a photograph that another county has is known again when it was made smaller; whose it is, nobody says", async () => {
    const { default: sharp } = await import("sharp");
    const [stranger, sent] = [await actors.clerk("632222"), await picture(44)];
    const mine = await as(clerk).create({ paidOn: "2026-08-10" });
    await add(clerk, mine.id, PHOTO, sent);
    const theirs = await as(stranger).create({ paidOn: "2026-08-11" });
    // nothing is told of a picture that was not brought
    expect(await findings(stranger, theirs.id)).toEqual([]);
    const smaller = await sharp(sent).resize(500).jpeg({ quality: 70 }).toBuffer();
    const added = await add(stranger, theirs.id, PHOTO, smaller);
    expect(JSON.stringify(added.body)).not.toContain("630123");
    expect(await findings(stranger, theirs.id)).toEqual([["photo-alike", { files: "1", references: "", where: "elsewhere" }]]); // prettier-ignore
    const [{ id: file } = { id: "" }] = (await list(stranger, theirs.id)).items;
    expect(await entries(file)).toHaveLength(1);
    // it is asked for before it goes up, and whoever reads both reads both numbers
    await expect(as(stranger).submit(theirs, [])).rejects.toMatchObject({ code: "FINDINGS" });
    expect(await findings(province, theirs.id)).toEqual([["photo-alike", { files: "1", references: await referenceOf(mine.id), where: "ledger" }]]); // prettier-ignore
    expect(JSON.stringify(await as(stranger).get(theirs.id))).not.toContain("630123");
    await remove(stranger, file);
    expect(await findings(clerk, mine.id)).toEqual([]);
  });

  test("an invoice shown before, a picture of another month, and no evidence at all", async () => {
    const number = "20260000000012345678";
    const one = await as(clerk).create({ paidOn: "2026-08-08" });
    await add(clerk, one.id, { kind: "invoice", invoiceNumber: number }, await paper("one"));
    const two = await as(clerk).create({ paidOn: "2026-08-09" });
    await owner.query(
      "UPDATE finding_thresholds SET value = 100 WHERE threshold = 'evidence-from'",
    );
    expect(await findings(clerk, two.id)).toEqual([["evidence-missing", { amountFen: "15390000", fromFen: "100" }]]); // prettier-ignore
    await expect(as(clerk).submit(two, [])).rejects.toMatchObject({ code: "FINDINGS" });
    await owner.query("UPDATE finding_thresholds SET value = 0 WHERE threshold = 'evidence-from'");
    await add(clerk, two.id, { kind: "invoice", invoiceNumber: "2026 0000 0000 1234 5678" }, await paper("two")); // prettier-ignore
    await add(clerk, two.id, PHOTO, await picture(43, "2026:07:31 23:59:00"));
    expect(await findings(clerk, two.id)).toEqual([
      ["photo-day", { files: "2", date: "2026-07-31", of: "months" }],
      ["invoice-twice", { files: "1", references: await referenceOf(one.id), where: "ledger", numbers: number }],
    ]); // prettier-ignore
  });
});

test("the night finds what is gone, what is other than it was, and what nobody knows of; what was removed is tidied away", async () => {
  const home = process.env["NUANZHANG_OBJECTS"] ?? "";
  const { id } = await as(clerk).create({ paidOn: "2026-08-23" });
  const files: string[] = [];
  for (let n = 0; n < 4; n += 1)
    files.push(idOf(await add(clerk, id, PHOTO, await picture(20 + n))));
  const [whole = "", gone = "", harmed = "", dropped = ""] = files;
  const at = (file: string) => join(home, "ev", file.slice(0, 2), file);
  rmSync(at(gone));
  writeFileSync(at(harmed), "x");
  expect((await remove(clerk, dropped)).status).toBe(200);
  const stray = crypto.randomUUID();
  writeFileSync(join(home, "ev", stray), "x");
  const { utimesSync } = await import("node:fs");
  utimesSync(join(home, "ev", stray), new Date("2026-01-01"), new Date("2026-01-01"));
  worker = await testWorker(database);
  const { rows: asked } = await owner.query<{ id: string }>("SELECT guard.ask_system_job('OBJECTS')::text AS id"); // prettier-ignore
  await vi.waitFor(
    async () => {
      const { rows } = await owner.query("SELECT status, message_values AS v FROM jobs WHERE id = $1", [asked[0]?.id]); // prettier-ignore
      expect(rows).toMatchObject([{ status: "DONE", v: { strays: 1 } }]);
    },
    { timeout: 60_000, interval: 200 },
  );
  const { rows: checks } = await owner.query<{ id: string; fault: string | null }>("SELECT attachment_id AS id, fault FROM attachment_checks"); // prettier-ignore
  const found = new Map(checks.map((row) => [row.id, row.fault]));
  expect([whole, gone, harmed, dropped].map((file) => found.get(file))).toEqual([null, "missing", "damaged", undefined]); // prettier-ignore
  expect(inStore("ev").some((name) => name.endsWith(dropped))).toBe(false);
  const { rows } = await owner.query("SELECT guard.faults_of_files_are_known() AS known, guard.faults_of_files_have_keys() AS keyed"); // prettier-ignore
  // the fifty-nine of the record that was filled by hand have none
  expect(rows).toEqual([{ known: "1", keyed: "59" }]);
}, 90_000);

import { beforeAll, describe, expect, test } from "vitest";
import { testActors, type TestPerson } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import type { WriteContext } from "@/lib/platform/db";
import type { CreateThresholdInput, UpdateThresholdInput } from "./schema";

const database = await testDatabase();
const actors = testActors(database);
const { readAs, writeAs } = await import("@/lib/platform/db");
const { getReference } = await import("@/lib/features/reference/queries");
const { approvedRecord, as, sampleFields } = await import("@/testing/records");
const commands = await import("./commands");
const { listCampaigns, listItems, listRules, listThresholds } = await import("./queries");

let admin: TestPerson;
beforeAll(async () => {
  admin = await actors.admin();
});

const writes = <T>(work: (context: WriteContext) => Promise<T>, who = admin): Promise<T> =>
  writeAs(who.session, work);
const bus = { code: "bus-fares", nameZh: "交通补助", nameEn: "Bus Fares" };

async function auditOf(subject: string): Promise<unknown[]> {
  const { rows } = await actors.owner.query<{ action: string; body: unknown }>(
    `SELECT action, body::json AS body FROM audit_entries
     WHERE subject_id = $1 AND subject_type <> 'disbursement' ORDER BY position`,
    [subject],
  );
  return rows.map(({ action, body }) => [action, body]);
}

const county = () => actors.clerk("630123");
const field = (name: string, key: string) => ({
  code: "VALIDATION",
  fieldErrors: { [name]: [expect.objectContaining({ key })] },
});

describe("a list of codes", () => {
  const add = (who = admin) =>
    writes(
      (c) => commands.createListItem({ ...c, params: { list: "aid-categories" }, body: bus }),
      who,
    );

  test("grows at its end, is offered at once, and is written down", async () => {
    const added = await add();
    const items = await readAs(admin.session, (c) => listItems({ ...c, list: "aid-categories" }));
    expect(items.at(-1)).toEqual(added);
    expect(added).toMatchObject({ ...bus, active: true, earmarked: null, version: 1 });
    await expect(add()).rejects.toMatchObject(field("code", "codeTaken"));
    const clerk = await county();
    const draft = await as(clerk).create({ aidCategory: bus.code });
    expect(draft.aidCategory).toBe(bus.code);
    const [entry] = await auditOf(bus.code);
    expect(entry).toEqual(["aid-category.create", expect.objectContaining(bus)]);
  });

  test("is nobody's but an administrator's, to read with its versions too", async () => {
    for (const person of [await county(), await actors.province(), await actors.auditor()]) {
      await expect(add(person)).rejects.toMatchObject({ code: "FORBIDDEN" });
      await expect(
        readAs(person.session, (c) => listItems({ ...c, list: "fund-sources" })),
      ).rejects.toMatchObject({ code: "FORBIDDEN" });
    }
  });

  test("retires what old records keep and new ones do not name", async () => {
    const clerk = await county();
    const old = await as(clerk).create({ aidCategory: bus.code });
    const change = (version: number, body: object) =>
      writes((c) =>
        commands.updateListItem({
          ...c,
          params: { list: "aid-categories", code: bus.code },
          body: { version, ...body },
        }),
      );
    await expect(change(9, { active: false })).rejects.toMatchObject({ code: "STALE" });
    expect(await change(1, { active: false, nameEn: "Fares" })).toMatchObject({
      active: false,
      nameEn: "Fares",
      version: 2,
    });
    await expect(as(clerk).create({ aidCategory: bus.code })).rejects.toMatchObject(
      field("aidCategory", "inactive"),
    );
    expect((await as(clerk).update(old, { note: "照旧" })).aidCategory).toBe(bus.code);
    const { aidCategories } = await readAs(clerk.session, getReference);
    expect(aidCategories.find(({ code }) => code === bus.code)?.active).toBe(false);
    expect(await auditOf(bus.code)).toContainEqual([
      "aid-category.update",
      { active: false, nameEn: "Fares" },
    ]);
  });

  test("changes whether a source is earmarked until a record names it", async () => {
    const params = { list: "fund-sources" as const };
    const made = await writes((c) =>
      commands.createListItem({
        ...c,
        params,
        body: { code: "gift", nameZh: "社会捐赠款", nameEn: "Gifts", earmarked: true },
      }),
    );
    expect(made.earmarked).toBe(true);
    const flag = (version: number, earmarked: boolean) =>
      writes((c) =>
        commands.updateListItem({
          ...c,
          params: { ...params, code: "gift" },
          body: { version, earmarked },
        }),
      );
    expect(await flag(1, false)).toMatchObject({ earmarked: false, version: 2 });
    const shares = [{ fundSource: "gift", amountFen: sampleFields.amountFen }];
    await approvedRecord(await county(), await actors.reviewer("630100"), { shares });
    await expect(flag(2, true)).rejects.toMatchObject(field("earmarked", "flagInUse"));
  });

  test("has no more sources than a set of them can hold", async () => {
    const add = (n: number) =>
      writes((c) =>
        commands.createListItem({
          ...c,
          params: { list: "fund-sources" },
          body: { code: `more-${String(n)}`, nameZh: "来源", nameEn: "Source" },
        }),
      );
    const { length } = await readAs(admin.session, (c) =>
      listItems({ ...c, list: "fund-sources" }),
    );
    for (let n = length; n < 30; n += 1) await add(n);
    await expect(add(31)).rejects.toMatchObject(field("code", "sourcesFull"));
  });
});

describe("a campaign", () => {
  const fair = {
    code: "spring-fair",
    nameZh: "春风行动",
    nameEn: "Spring Fair",
    organisation: "630100",
    programme: "golden-autumn",
    startsOn: "2026-12-01",
    endsOn: "2027-03-31",
  };
  const create = (body: Partial<typeof fair> = {}, who = admin) =>
    writes((c) => commands.createCampaign({ ...c, body: { ...fair, ...body } }), who);
  const update = (version: number, body: Partial<typeof fair>) =>
    writes((c) =>
      commands.updateCampaign({ ...c, params: { code: fair.code }, body: { version, ...body } }),
    );

  test("spans years, serves its subtree, and moves only while no record names it", async () => {
    const { code, ...asked } = fair;
    expect(await create()).toMatchObject({ ...asked, version: 1 });
    await expect(create()).rejects.toMatchObject(field("code", "codeTaken"));
    await expect(create({ code: "none" })).rejects.toMatchObject(field("code", "codeTaken"));
    await expect(
      actors.owner.query(
        `INSERT INTO campaigns (code, name_zh, name_en, organisation_id, programme_id, starts_on, ends_on)
         SELECT 'none', name_zh, name_en, organisation_id, programme_id, starts_on, ends_on FROM campaigns WHERE code = $1`,
        [code],
      ),
    ).rejects.toThrow("code_not_none");
    await expect(create({ code: "b", endsOn: "2026-11-30" })).rejects.toMatchObject(
      field("endsOn", "campaignDays"),
    );
    await expect(create({ code: "b2", programme: "nowhere" })).rejects.toMatchObject(
      field("programme", "unknownCode"),
    );
    expect(await update(1, { organisation: "630000" })).toMatchObject({ organisation: "630000" });
    const clerk = await county();
    expect((await as(clerk).create({ campaign: fair.code })).campaign).toBe(fair.code);
    await expect(update(2, { organisation: "630100" })).rejects.toMatchObject(
      field("organisation", "flagInUse"),
    );
    expect(await update(2, { endsOn: "2027-04-30" })).toMatchObject({ endsOn: "2027-04-30" });
    const listed = await readAs(admin.session, (c) => listCampaigns(c));
    expect(listed.map(({ code }) => code)).toContain(fair.code);
  });

  test("is an administrator's to keep", async () => {
    await expect(create({}, await actors.province())).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});

describe("an approval rule", () => {
  const rule = {
    organisation: "630123",
    step: 2,
    minAmountFen: "1000000",
    level: "province",
  } as const;
  const create = (body: Partial<typeof rule> = {}, who = admin) =>
    writes((c) => commands.createRule({ ...c, body: { ...rule, ...body } }), who);

  test("makes a record of its place need one approval more, until it is taken out of use", async () => {
    const clerk = await county();
    const needed = async () => (await as(clerk).submit(await as(clerk).create())).approvalsNeeded;
    expect(await needed()).toBe(1);
    const made = await create();
    expect(await needed()).toBe(2);
    await expect(create()).rejects.toMatchObject(field("minAmountFen", "ruleTaken"));
    const retired = await writes((c) =>
      commands.updateRule({ ...c, params: { id: made.id }, body: { version: 1, active: false } }),
    );
    expect(retired).toMatchObject({ active: false, version: 2, organisation: "630123" });
    expect(await needed()).toBe(1);
    expect(await auditOf(made.id)).toEqual([
      ["approval-rule.create", rule],
      ["approval-rule.update", { active: false }],
    ]);
    expect((await readAs(admin.session, (c) => listRules(c))).at(-1)).toEqual(retired);
  });

  test("is an administrator's to keep", async () => {
    await expect(create({}, await actors.province())).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});

describe("a threshold of the findings", () => {
  const alike = {
    ...sampleFields,
    amountFen: "880000",
    shares: [{ fundSource: "county-union", amountFen: "880000" }],
  };
  const days: CreateThresholdInput = {
    ...{ threshold: "duplicate-days", year: null, organisation: "630123", value: "10" },
  };
  const create = (body: Partial<CreateThresholdInput> = {}, who = admin) =>
    writes((c) => commands.createThreshold({ ...c, body: { ...days, ...body } }), who);
  const change = (id: string, body: UpdateThresholdInput) =>
    writes((c) => commands.updateThreshold({ ...c, params: { id }, body }));

  test("of the nearest place holds, there the one of the year, and the finding keeps which it was", async () => {
    const clerk = await county();
    await as(clerk).create({ ...alike, paidOn: "2026-08-10" });
    const draft = await as(clerk).create({ ...alike, paidOn: "2026-08-20" });
    const asked = async () =>
      (await as(clerk).get(draft.id)).findings.map(({ rule, values }) => [rule, values["days"]]);
    expect(await asked()).toEqual([]);
    const prefecture = await create({ organisation: "630100" });
    expect(await asked()).toEqual([["possible-duplicate", 10]]);
    await create({ organisation: "630123", value: "9" });
    expect(await asked()).toEqual([]);
    await create({ organisation: "630123", year: 2026, value: "12" });
    await create({ organisation: "630123", year: 2025, value: "1" });
    expect(await asked()).toEqual([["possible-duplicate", 12]]);
    const sent = await as(clerk).submit(draft);
    const [round] = (await as(clerk).get(sent.id)).rounds;
    expect(round?.findings[0]?.values).toMatchObject({ days: 12 });

    await expect(create({ year: 2026 })).rejects.toMatchObject(
      field("threshold", "thresholdTaken"),
    );
    const held = await change(prefecture.id, { version: 1, value: "30" });
    const gone = await change(prefecture.id, { version: held.version, active: false });
    expect(gone).toMatchObject({ organisation: "630100", value: "30", active: false, version: 3 });
    expect((await auditOf(prefecture.id)).slice(-3)).toEqual([
      ["finding-threshold.create", { ...days, organisation: "630100" }],
      ["finding-threshold.update", { threshold: "duplicate-days", year: null, organisation: "630100", before: { value: "10" }, after: { value: "30" } }], // prettier-ignore
      ["finding-threshold.update", { threshold: "duplicate-days", year: null, organisation: "630100", before: { active: true }, after: { active: false } }], // prettier-ignore
    ]);
    expect((await readAs(admin.session, (c) => listThresholds(c))).at(-1)).toEqual(gone);
    await expect(change(prefecture.id, { version: 1, value: "2" })).rejects.toMatchObject({
      code: "STALE",
    });
  });

  test("keeps within its range, and that of the whole province is changed, never dropped", async () => {
    await expect(create({ value: "61" })).rejects.toMatchObject(field("value", "thresholdRange"));
    const [everywhere] = await readAs(admin.session, (c) => listThresholds(c));
    expect(everywhere).toMatchObject({ organisation: null, year: null, active: true });
    await expect(change(everywhere!.id, { version: 1, active: false })).rejects.toMatchObject(
      field("active", "thresholdEverywhere"),
    );
  });

  test("of a programme holds before any place's, and keeps which programme it is", async () => {
    const clerk = await county();
    const standard: Partial<CreateThresholdInput> = {
      ...{ threshold: "standard-per-head", organisation: null, value: "900000000" },
    };
    const draft = await as(clerk).create({ amountFen: "100000000", paidOn: "2026-09-18", counts: { households: 100, persons: 100 }, shares: [{ fundSource: "county-union", amountFen: "100000000" }] }); // prettier-ignore
    const asked = async () =>
      (await as(clerk).get(draft.id)).findings.find(({ rule }) => rule === "above-standard")
        ?.values["standardFen"];
    await create({ ...standard, organisation: "630123", value: "900000" });
    expect(await asked()).toBe("900000");
    const own = await create({ ...standard, programme: "golden-autumn", value: "2000000" });
    expect(own).toMatchObject({ programme: "golden-autumn", organisation: null });
    expect(await asked()).toBeUndefined();
    await create({ ...standard, programme: "cool-summer", value: "1" });
    expect(await asked()).toBeUndefined();
    await expect(create({ ...standard, programme: "golden-autumn" })).rejects.toMatchObject(
      field("threshold", "thresholdTaken"),
    );
    await expect(create({ ...standard, programme: "nothing" })).rejects.toMatchObject(
      field("programme", "unknownCode"),
    );
    const gone = await change(own.id, { version: 1, active: false });
    expect(gone.active).toBe(false);
    expect(await asked()).toBe("900000");
    expect((await auditOf(own.id)).at(-1)).toMatchObject([
      "finding-threshold.update",
      { programme: "golden-autumn", organisation: null, after: { active: false } },
    ]);
  });

  test("is an administrator's to keep", async () => {
    await expect(create({}, await actors.province())).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});

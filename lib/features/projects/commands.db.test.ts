import { beforeAll, describe, expect, it } from "vitest";
import { testActors, type TestPerson } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import { approvedRecord } from "@/testing/records";
import type { ProjectInput } from "./schema";
import { spendingOf } from "./address";

const database = await testDatabase();
const { readAs, writeAs } = await import("@/lib/platform/db");
const { createProject, approveProject, closeProject, voidProject } = await import("./commands");
const { listProjects } = await import("./queries");
const { createAllotment, passDownAllotment, voidAllotment } = await import("@/lib/features/allotments/commands"); // prettier-ignore
const { listAllotments } = await import("@/lib/features/allotments/queries");
const { queryFigures } = await import("@/lib/features/figures/queries");
const { explainFigure } = await import("@/lib/features/ledger/queries");
const actors = testActors(database);
const now = new Date("2026-08-28T02:00:00Z");

let clerk: TestPerson;
let reviewer: TestPerson;
let province: TestPerson;
let stranger: TestPerson;
const input: ProjectInput = {
  organisation: "630123",
  fiscalYear: 2026,
  name: "2026年金秋助学",
  number: "QH-2026-07",
  fundSource: "provincial-union",
  programmes: ["golden-autumn"],
  declaredFen: "500000",
  declaredOn: "2026-02-01",
};
const declare = (person: TestPerson, more: Partial<ProjectInput> = {}) =>
  writeAs(person.session, (context) =>
    createProject({ ...context, now, input: { ...input, ...more } }),
  );
const approve = (person: TestPerson, { id, version }: { id: string; version: number }) =>
  writeAs(person.session, (context) =>
    approveProject({
      ...{ ...context, now, id },
      input: { version, approvedFen: "400000", documentNumber: "青工批〔2026〕3号" },
    }),
  );
const cancel = (person: TestPerson, { id, version }: { id: string; version: number }) =>
  writeAs(person.session, (context) =>
    voidProject({ ...context, now, id, input: { version, reason: "重复申报" } }),
  );
const receive = (organisation: string, amountFen: string, more = {}) =>
  writeAs(province.session, (context) =>
    createAllotment({
      ...{ ...context, now },
      input: {
        ...{ organisation, amountFen, fiscalYear: 2026, fundSource: "provincial-union" },
        ...{ amountKind: "exact", ...more },
      },
    }),
  );
const list = (person: TestPerson, filter: object = {}) =>
  readAs(person.session, (context) => listProjects({ ...context, filter: { year: 2026, ...filter } })); // prettier-ignore
const lineOf = async (id: string) => (await list(clerk)).items.find((one) => one.id === id);

beforeAll(async () => {
  clerk = await actors.clerk("630123");
  reviewer = await actors.reviewer("630100");
  province = await actors.province();
  stranger = await actors.clerk("632222");
});

describe("a project", () => {
  let id: string;

  it("is declared by its clerk, and refused where its spending is another's", async () => {
    const made = await declare(clerk);
    id = made.id;
    expect(made).toMatchObject({
      ...{ status: "declared", version: 1, number: "QH-2026-07", programmes: ["golden-autumn"] },
      ...{ approval: null, allotments: 0, actions: ["void"] },
      balance: { receivedFen: null, spentFen: null, balanceFen: null },
    });
    await expect(declare(clerk, { number: null })).rejects.toMatchObject({ code: "SAME_SPENDING" });
    await expect(declare(clerk, { number: null, programmes: [] })).rejects.toMatchObject({ code: "SAME_SPENDING" }); // prettier-ignore
    await expect(declare(stranger)).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(declare(province)).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(declare(clerk, { programmes: ["mutual-medical-aid"] })).rejects.toMatchObject({
      fieldErrors: { programmes: [{ key: "contributoryProject" }] },
    });
  });

  it("takes no money before it is approved, and is approved from above alone", async () => {
    await expect(receive("630123", "100", { project: id })).rejects.toMatchObject({
      fieldErrors: { project: [{ key: "notProjectsMoney" }] },
    });
    await expect(approve(clerk, { id, version: 1 })).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(approve(stranger, { id, version: 1 })).rejects.toMatchObject({ code: "NOT_FOUND" }); // prettier-ignore
    await expect(approve(reviewer, { id, version: 2 })).rejects.toMatchObject({ code: "STALE" });
    const approved = await approve(reviewer, { id, version: 1 });
    expect(approved).toMatchObject({
      ...{ status: "approved", version: 2, actions: ["close", "void"] },
      approval: { amountFen: "400000", document: "青工批〔2026〕3号", by: { id: reviewer.userId } },
    });
    await expect(approve(reviewer, approved)).rejects.toMatchObject({ code: "TRANSITION" });
  });

  it("receives what names it, passed down by document as well, and no other money", async () => {
    await expect(receive("630123", "100", { project: id, fundSource: "county-union" })).rejects.toMatchObject({ code: "VALIDATION" }); // prettier-ignore
    await expect(receive("632222", "100", { project: id })).rejects.toMatchObject({ code: "VALIDATION" }); // prettier-ignore
    await receive("630123", "7777");
    const top = await receive("630000", "1000000");
    const { received } = await writeAs(province.session, (context) =>
      passDownAllotment({
        ...{ ...context, now, id: top.id },
        input: {
          ...{ documentNumber: "青工发〔2026〕12号", passedOn: "2026-08-01" },
          to: [
            { organisation: "630123", amountFen: "300000", project: id },
            { organisation: "632222", amountFen: "200000" },
          ],
        },
      }),
    );
    await receive("630123", "20000", { project: id, programme: "golden-autumn" });
    expect(received.find(({ project }) => project)?.project).toEqual({ id, name: input.name });
    expect(await lineOf(id)).toMatchObject({ allotments: 2, balance: { receivedFen: "320000" } });
    const rows = await readAs(clerk.session, (context) =>
      listAllotments({ ...context, filter: { year: 2026, organisation: "630123", project: id } }),
    );
    expect(rows.totals).toEqual({ receivedFen: "320000", allotments: 2 });
    await expect(
      writeAs(province.session, (context) =>
        passDownAllotment({
          ...{ ...context, now, id: top.id },
          input: {
            ...{ documentNumber: "13号", passedOn: "2026-08-01" },
            to: [{ organisation: "632222", amountFen: "1", project: id }],
          },
        }),
      ),
    ).rejects.toMatchObject({ fieldErrors: { "to.0.project": [{ key: "notProjectsMoney" }] } });
    await expect(cancel(province, { id, version: 2 })).rejects.toMatchObject({ code: "HAS_MONEY" });
  });

  it("spends what its organisation does from its source on its programmes, to the fen of the figure", async () => {
    const share = (fundSource: string, amountFen: string) => ({ fundSource, amountFen });
    const paid = { programme: "golden-autumn", amountFen: "100000" };
    await approvedRecord(clerk, reviewer, { ...paid, shares: [share("provincial-union", "80000"), share("county-union", "20000")] }); // prettier-ignore
    await approvedRecord(clerk, reviewer, { ...paid, paidOn: "2026-08-20", shares: [share("county-union", "100000")] }); // prettier-ignore
    const line = await lineOf(id);
    expect(line?.balance).toMatchObject({
      ...{ receivedFen: "320000", spentFen: "80000", balanceFen: "240000", executedPermille: 250 },
      records: 1,
    });
    if (!line) throw new Error("no line");
    const [figure, vouchers] = await readAs(clerk.session, async ({ db, scope }) => [
      await queryFigures({ db, scope, filter: spendingOf(line), groupBy: [] }),
      await explainFigure({ db, scope, filter: spendingOf(line) }),
    ]);
    expect(figure.totals.amountFen).toBe("80000");
    expect(vouchers.items.map(({ countedFen }) => countedFen)).toEqual(["80000"]);
  });

  it("is closed, and then takes no more money", async () => {
    const closed = await writeAs(reviewer.session, (context) =>
      closeProject({ ...context, now, id, input: { version: 2, note: "已全部发放" } }),
    );
    expect(closed).toMatchObject({ status: "closed", actions: [], closed: { note: "已全部发放" } });
    await expect(receive("630123", "1", { project: id })).rejects.toMatchObject({ code: "VALIDATION" }); // prettier-ignore
    expect((await lineOf(id))?.balance.spentFen).toBe("80000");
  });

  it("tells each step in the chain, and nobody else reads it", async () => {
    const { rows } = await actors.owner.query<{ action: string; actor_id: string }>(
      `SELECT action, actor_id FROM audit_entries WHERE subject_type = 'project' AND subject_id = $1 ORDER BY position`,
      [id],
    );
    expect(rows.map(({ action, actor_id }) => [action, actor_id])).toEqual([
      ["project.create", clerk.userId],
      ["project.approve", reviewer.userId],
      ["project.close", reviewer.userId],
    ]);
    expect((await list(stranger)).items).toEqual([]);
    await expect(list(stranger, { org: "630123" })).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect((await list(province, { org: "630100" })).items.map((one) => one.id)).toEqual([id]);
    expect((await list(province, { status: ["declared"] })).items).toEqual([]);
  });

  it("is voided by its clerk while nobody approved it, and leaves its spending to another", async () => {
    const made = await declare(clerk, { fundSource: "county-union", number: null });
    const voided = await cancel(clerk, made);
    expect(voided).toMatchObject({ status: "voided", voided: { reason: "重复申报" }, actions: [] });
    const again = await declare(clerk, { fundSource: "county-union", number: null });
    await approve(province, again);
    const money = await receive("630123", "5", { project: again.id, fundSource: "county-union" });
    await writeAs(province.session, (context) =>
      voidAllotment({ ...context, now, id: money.id, input: { version: 1, reason: "录错" } }),
    );
    expect(await cancel(province, { id: again.id, version: 2 })).toMatchObject({
      status: "voided",
    });
    const { rows } = await actors.owner.query("SELECT guard.faults_of_projects_stand_apart() + guard.faults_of_project_money_in_place() AS faults"); // prettier-ignore
    expect(rows).toEqual([{ faults: "0" }]);
  });
});

import type { LedgerColumn } from "@/lib/features/files/labels";
import { beforeAll, expect, test } from "vitest";
import { COUNT_UNITS, eachCount } from "@/lib/kernel/counts";
import { eachText, TEXT_FIELDS, TEXT_NAMES } from "@/lib/kernel/record-fields";
import { testActors, type TestPerson } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import { csvLines } from "@/testing/libreoffice";

// One record that says everything: whatever a list of the kernel names goes all the way, or this fails.
const actors = testActors(await testDatabase());
const { as } = await import("@/testing/records");
const { queryFigures } = await import("@/lib/features/figures/queries");
const { listDisbursements } = await import("@/lib/features/ledger/queries");
const { getLedgerFile } = await import("@/lib/features/files/queries");
const { columnWord } = await import("@/lib/features/files/labels");
const { labelsOf } = await import("@/lib/platform/words");

let clerk: TestPerson;
let reviewer: TestPerson;
beforeAll(async () => {
  clerk = await actors.clerk("630123");
  reviewer = await actors.reviewer("630123");
});

const counts = eachCount((unit) => COUNT_UNITS.indexOf(unit) + 3);
const texts = eachText((name) => `说明 ${name}`);

const totals = () =>
  as(clerk)
    .read((c) => queryFigures({ ...c, filter: { year: 2026 }, groupBy: [] }))
    .then((figures) => eachCount((unit) => figures.totals[unit]));

test("every count and every text of a record reaches page, ledger, file, audit and figures, and is undone", async () => {
  const draft = await as(clerk).create({ counts, ...texts, amountKind: "estimated" });
  expect(draft).toMatchObject({ counts, ...texts });
  const again = eachText((name) => `改 ${name}`);
  const changed = await as(clerk).update(draft, { ...again, counts: { posts: 90 } });
  expect(changed).toMatchObject({ ...again, counts: { ...counts, posts: 90 } });
  const back = await as(clerk).update(changed, { ...texts, counts });
  const approved = await as(reviewer).approve(await as(clerk).submit(back));

  const ledger = await as(clerk).read((c) => listDisbursements({ ...c, filter: { year: 2026 } }));
  expect(ledger.items).toEqual([expect.objectContaining({ counts, ...texts })]);
  expect(await totals()).toEqual(counts);

  const lines = await as(clerk).read(async (c) => {
    const file = await getLedgerFile({
      ...c,
      locale: "zh-CN",
      query: { year: 2026, format: "csv" },
    });
    return csvLines(await new Response(file.body).text());
  });
  const word = (column: LedgerColumn) => columnWord(column, "zh-CN", labelsOf("zh-CN"));
  const heading = lines.findIndex((cells) => cells[0] === word("reference"));
  const cell = (column: LedgerColumn) =>
    lines[heading + 1]?.[lines[heading]?.indexOf(word(column)) ?? -1];
  expect(eachCount(cell)).toEqual(eachCount((unit) => String(counts[unit])));
  expect(eachText(cell)).toEqual(texts);

  const { rows } = await actors.owner.query<{ body: { after: Record<string, unknown> } }>(
    "SELECT body::json FROM audit_entries WHERE action = 'disbursement.create' AND subject_id = $1",
    [approved.id],
  );
  expect(rows[0]?.body.after["counts"]).toEqual(counts);
  for (const name of TEXT_NAMES)
    expect(rows[0]?.body.after[name]).toBe(TEXT_FIELDS[name].mayNamePerson ? "…" : texts[name]);

  const corrected = await as(clerk).adjust(approved, null);
  const reversal = await as(clerk).get(corrected.adjustments[0]?.reversalId ?? "");
  expect(reversal).toMatchObject({ counts: eachCount((unit) => -counts[unit]), ...texts });
  await as(reviewer).approve(await as(clerk).submit(reversal));
  expect(await totals()).toEqual(eachCount(() => 0));
  const differences = await actors.owner.query("SELECT guard.figure_differences()");
  expect(differences.rows).toEqual([]);
});

import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { testActors, type TestPerson } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import { bringFile, importingAs } from "@/testing/imports";
import { CELL_FILES } from "@/testing/sheet-corpus/cells";
import type { CorpusFile } from "@/testing/sheet-corpus/expected";
import { HOSTILE_FILES } from "@/testing/sheet-corpus/hostile";
import { TABLES } from "@/testing/sheet-corpus/tables";
import { TEXT_FILES } from "@/testing/sheet-corpus/texts";
import { testWorker, type TestWorker } from "@/testing/worker";

const database = await testDatabase();
const actors = testActors(database);
let worker: TestWorker;
let clerk: TestPerson;
vi.setConfig({ testTimeout: 300_000, hookTimeout: 180_000 });
beforeAll(async () => {
  worker = await testWorker(database);
  clerk = await actors.clerk("630123");
});
afterAll(() => worker.stop());

/** Why none of it is taken. */
const refusalOf = ({ expected }: CorpusFile): string | undefined =>
  "refused" in expected
    ? expected.refused
    : expected.sheets.find(({ problem }) => problem)?.problem;

/** The first file for each way of being refused: that each of the others is refused so is tried where files are read. */
const REFUSED = new Map(
  [...CELL_FILES, ...HOSTILE_FILES, ...TEXT_FILES].reverse().flatMap((file) => {
    const key = refusalOf(file);
    return key === undefined ? [] : [[key, file] as const];
  }),
);
/** What is not even received. */
const AT_THE_DOOR = new Map([
  ["sheetEmpty", 400],
  ["sheetTooBig", 413],
]);
const CHINESE = /[\u4e00-\u9fff]{4}/;

test("each odd file is refused over the API as its reader refuses it, with a sentence", async () => {
  const { until } = importingAs(clerk);
  for (const [key, { file, bytes }] of REFUSED) {
    const answer = await bringFile(clerk, { name: file, content: bytes() });
    expect(answer.status, key).toBe(AT_THE_DOOR.get(key) ?? 201);
    if (answer.status !== 201) {
      expect(answer.body.error?.message).toMatch(CHINESE);
      continue;
    }
    const view = await until(String(answer.body["id"]), { status: "refused" });
    expect(view).toMatchObject({ refusal: { code: key }, rows: 0, problems: [] });
    expect(view.refusal?.message).toMatch(CHINESE);
  }
});

test.each(TABLES)("$name", async ({ file, bytes, headers, good, amountFen, problems }) => {
  const { until } = importingAs(clerk);
  const { body } = await bringFile(clerk, { name: file, content: bytes() });
  const view = await until(String(body["id"]), { status: "preview" });
  expect(view).toMatchObject({ headers, good, totals: { amountFen } });
  expect(view.problems.map(({ cell, code }) => [cell, code])).toEqual(problems);
  for (const { message } of view.problems) expect(message).toMatch(CHINESE);
});

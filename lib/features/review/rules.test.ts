import { expect, test } from "vitest";
import { bulkLines, mayPassTogether, mergedQueue, movedOn } from "./rules";
import type { QueueItem } from "./types";

test.each([
  [0, false],
  [1, false],
  [2, false],
  [3, true],
] as const)("risk %i is passed together with others: %s", (risk, together) => {
  expect(mayPassTogether({ risk })).toBe(together);
});

const item = (id: string, over: Partial<QueueItem["record"]> = {}) =>
  ({ record: { id, version: 1, organisation: "630123", programme: "golden-autumn", amountFen: "100", ...over } }) as QueueItem; // prettier-ignore

test("what is looked at stays in its place, as it stands now; what is new comes last", () => {
  const [a, b, c] = [item("1"), item("2"), item("3")];
  const newer = item("2", { version: 2 });
  expect(mergedQueue([a, b], [c, newer])).toEqual([a, newer, c]);
  expect(mergedQueue([], [c, a])).toEqual([c, a]);
});

test("a bulk is told by union and programme, to the fen; what has no price is counted", () => {
  const unpriced = item("3", { amountFen: null, amountKind: "unvalued" });
  const other = item("4", { organisation: "632222", amountFen: "7" });
  expect(bulkLines([item("1"), other, item("2"), unpriced])).toEqual([
    {
      ...{ organisation: "630123", programme: "golden-autumn" },
      sum: { amountFen: 200n, records: 3, unvalued: 1, withoutMoney: 0, reversals: 0 },
    },
    {
      ...{ organisation: "632222", programme: "golden-autumn" },
      sum: { amountFen: 7n, records: 1, unvalued: 0, withoutMoney: 0, reversals: 0 },
    },
  ]);
});

test("what was withdrawn, decided, sent anew or is out of sight stands no more as it is shown", () => {
  const shown = ["1", "2", "3", "4"].map((id) => item(id));
  const standing = [
    { id: "1", version: 1, status: "submitted" as const },
    { id: "2", version: 2, status: "draft" as const },
    { id: "3", version: 3, status: "submitted" as const },
  ];
  expect(movedOn(shown, standing).map(({ record }) => record.id)).toEqual(["2", "3", "4"]);
});

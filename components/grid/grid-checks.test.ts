import { expect, it } from "vitest";
import type { CheckedSet } from "@/lib/features/disbursements/schema";
import { readRow, rowContext } from "@/lib/features/rows/rules";
import { REFERENCE } from "@/testing/reference";
import { judged, nextToJudge } from "./grid-checks";
import { GridStore } from "./grid-store";
import { emptyState } from "./grid-text";
import { stateOf } from "./row-state";

const CONTEXT = rowContext({
  reference: REFERENCE,
  locale: "zh-CN",
  reading: { today: "2026-11-25", openYears: [2026] },
  organisation: "630123",
});
const SAID = { code: null, problems: [], findings: [], alike: [] };
type Item = CheckedSet["items"][number];

function table() {
  const store = new GridStore(
    emptyState(),
    (texts) => readRow(texts, CONTEXT),
    () => {},
  );
  const fill = (row: string, amount: string) => {
    const texts = { programme: "金秋助学", paidOn: "2026-08-21", amount, fundSource1: "省财政" };
    const writes = Object.entries(texts).map(([column, text]) => ({ row, column, text }));
    store.write("type", writes, null);
  };
  const ask = (answer: (amounts: (string | null | undefined)[]) => Partial<Item>[]) => {
    const asked = nextToJudge(store);
    const amounts = asked.map(({ fields }) => fields.amountFen);
    const items = answer(amounts).map((item) => ({ ...SAID, ...item }));
    judged(store, asked, { items }, {
      refusal: ({ problems }) => ({
        cells: Object.fromEntries(problems.map(({ path, key }) => [path, key])),
        row: null,
      }),
    }); // prettier-ignore
    return amounts;
  };
  return { store, fill, ask, state: (row: string) => stateOf(store.row(row)) };
}

it("a row is compared with one that was judged before it, until either says something else", () => {
  const { store, fill, ask, state } = table();
  fill("first-1", "100");
  fill("first-2", "200");
  expect(ask((amounts) => amounts.map(() => ({})))).toEqual(["10000", "20000"]);
  fill("first-3", "100");
  expect(ask(() => [{ alike: [1] }, { alike: [0] }])).toEqual(["10000", "10000"]);
  expect(store.row("first-1").alike).toEqual(["first-3"]);
  expect([state("first-1"), state("first-2"), state("first-3")]).toEqual(["alike", "waiting", "alike"]); // prettier-ignore
  expect(ask(() => [])).toEqual([]);
  fill("first-3", "300");
  expect(store.row("first-1").alike).toEqual([]);
  expect(state("first-1")).toBe("waiting");
});

it("a draft is compared with by the ledger, not here", () => {
  const { store, fill, ask, state } = table();
  fill("first-1", "100");
  fill("first-2", "100");
  ask(() => [{ alike: [1] }, { alike: [0] }]);
  store.hold({ "first-2": { id: "7", version: 1, reference: "r", changed: false } });
  expect([state("first-1"), store.row("first-1").alike]).toEqual(["waiting", []]);
});

it("why a row would not be saved stands at its cell before anybody saves it", () => {
  const { store, fill, ask, state } = table();
  fill("first-1", "100");
  ask(() => [{ code: "VALIDATION", problems: [{ path: "campaign", key: "gone", values: {} }] }]);
  expect(store.row("first-1").refused?.cells).toEqual({ campaign: "gone" });
  expect(state("first-1")).toBe("refused");
  fill("first-1", "200");
  expect(store.row("first-1").refused).toBeNull();
});

import { expect, test } from "vitest";
import { cardText } from "@/lib/features/dashboard/present";
import type { Organisation, Reference } from "@/lib/features/reference/types";
import { cardSayings } from "@/lib/platform/card-words";
import { crossTable } from "./present";
import type { Cross, CrossCell, CrossLine, CrossLook } from "./types";

const PROVINCE = { code: "p", nameZh: "省", nameEn: "P", kind: "PROVINCE" } as Organisation;

const line = (key: string, kind: CrossLine["kind"] = "item"): CrossLine => ({
  ...{ key, kind, code: kind === "total" ? "" : key },
  ...{ own: false, level: 0, patch: null },
});
const cell = (value: bigint): CrossCell => ({
  ...{ state: "known", value, records: 1, unvalued: 0, estimated: 0, beside: 0, filter: null },
});

/** A column of amounts and its total, as fen add up. */
function column(fen: readonly bigint[], look: Partial<CrossLook> = {}) {
  const total = fen.reduce((sum, one) => sum + one, 0n);
  const shape = { rows: "prefecture", columns: "form", measure: "amountFen" } as const;
  const rowLines = [...fen.map((_, at) => line(`r${String(at)}`)), line("total", "total")];
  const cross = {
    ...shape,
    ...{ rowLines, columnLines: [line("cash"), line("total", "total")] },
    cells: [...fen, total].map((one) => [cell(one), cell(one)]),
    ...{ surplus: null, earlier: rowLines.map(() => null), leftOut: {} as Cross["leftOut"] },
    ...{ asOf: "", seq: 0, definition: 1 },
  } as Cross;
  const words = { locale: "zh-CN", unit: "wan", ...cardSayings("zh-CN") } as const;
  const table = crossTable({
    ...{ cross, shape, words, root: PROVINCE, filter: { year: 2026 } },
    look: { share: "value", face: "table", empty: "show", fold: [], ...look },
    reference: { organisations: [PROVINCE] } as unknown as Reference,
  });
  const at = table.columns.findIndex(({ key }) => key === "cash");
  return table.cells.map((row) => row[at] && cardText(row[at].value, words));
}

test("in 万元 each line is rounded by itself, and the total by the fen, not by its lines", () => {
  // 0.4456 three times is 1.3368: its lines as they are read come to 1.35
  expect(column([445_600n, 445_600n, 445_600n])).toEqual(["0.45", "0.45", "0.45", "1.34"]);
  expect(column([444_400n, 444_400n, 444_400n])).toEqual(["0.44", "0.44", "0.44", "1.33"]);
  expect(column([1n, -445_000n, 49_99n])).toEqual(["0.00", "-0.45", "0.00", "-0.44"]);
});

test("so is each share, to a tenth of a percent, and the whole is a hundred whatever they come to", () => {
  const thirds = column([100n, 100n, 100n], { share: "column" });
  expect(thirds).toEqual(["33.3%", "33.3%", "33.3%", "100.0%"]);
  const sixths = column([100n, 500n], { share: "column" });
  expect(sixths).toEqual(["16.7%", "83.3%", "100.0%"]);
  expect(column([-5n, 10_005n], { share: "column" })[0]).toBe("-0.1%");
});

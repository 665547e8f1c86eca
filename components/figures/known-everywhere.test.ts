import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { cardText } from "@/lib/features/dashboard/present";
import { balanceKnown, contributorySum } from "@/lib/features/figures/present";
import { balanceRows, emptySums, type FigureCell, type Sums } from "@/lib/features/figures/rules";
import { ledgerSum } from "@/lib/features/ledger/present";
import { cellValue } from "@/lib/features/files/paper";
import { amountCell, amountText, cellText } from "@/lib/features/summary/present";
import { knownAmount, knownSum, knownText } from "@/lib/kernel/known";
import { sumWords } from "./presentation";

const show = { locale: "zh-CN", unit: "yuan" } as const;

const sums = (more: Partial<Sums>): Sums => ({ ...emptySums(), ...more });
const CASES = [
  { what: "no record", sums: sums({}), text: "—", file: "—", wire: null },
  { what: "zero", sums: sums({ records: 2 }), text: "0.00", file: 0, wire: "0" },
  { what: "not priced", sums: sums({ records: 2, unvalued: 2 }), text: "未计价", wire: null },
  { what: "no money", sums: sums({ records: 1, withoutMoney: 1 }), text: "不涉及资金", wire: null },
  {
    what: "corrected away",
    sums: sums({ records: 0, reversals: 1 }),
    text: "0.00",
    file: 0,
    wire: "0",
  },
  {
    what: "an amount beside what has none",
    sums: sums({ amountFen: 123_450n, records: 3, unvalued: 1, withoutMoney: 1 }),
    text: "1,234.50",
    file: 1234.5,
    wire: "123450",
  },
];

it.each(CASES)("$what is $text in every place that writes a sum", (one) => {
  const wire = { ...one.sums, amountFen: one.sums.amountFen.toString() };
  const cell = amountCell(one.sums);
  const { records, reversals, unvalued, withoutMoney } = one.sums;
  const listed = {
    totals: wire,
    leftOut: { unvalued, withoutMoney },
    vouchers: records + 2 * reversals,
  };
  expect({
    page: sumWords(wire, show),
    card: cardText(knownSum(wire), show),
    ledger: sumWords(ledgerSum(listed), show),
    summary: cellText(cell, show),
    csv: cellText(cell, { ...show, plain: true }),
    xlsx: cellValue(cell, show),
  }).toEqual({
    page: one.text,
    card: one.text,
    ledger: one.text,
    summary: one.text,
    csv: one.text.replace(",", ""),
    xlsx: one.file ?? one.text,
  });
});

it.each(CASES)("$what has an amount in the API only where there is one", (one) => {
  const row: FigureCell = {
    ...one.sums,
    amountFen: one.sums.amountFen.toString(),
    namedFen: one.sums.namedFen.toString(),
    organisation: "630123",
  };
  const balance = balanceRows(
    "organisation",
    [{ code: "630123", organisation: "630123", received: 1n }],
    { rows: [row], total: row },
  );
  expect([balance.rows[0]?.spentFen, balance.totals.spentFen]).toEqual([one.wire, one.wire]);
  expect(knownText(balanceKnown(balance.totals).spent, show)).toBe(one.text);
});

it.each([
  ["exact", "0", "0.00"],
  ["exact", null, "—"],
  ["unvalued", null, "未计价"],
  ["none", null, "不涉及资金"],
] as const)("a record of which the amount is %s, %s, says %s", (amountKind, amountFen, text) => {
  expect(knownText(knownAmount({ amountKind, amountFen }), show)).toBe(text);
});

/** A count of records that are money by their nature stands beside these. */
const SUMS_BESIDE_THEIR_RECORDS = ["lib/features/summary/present.ts"];

it("nobody writes a sum past the one writer", () => {
  const files = ["app", "components", "lib/features"].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((file) => /[.]tsx?$/.test(file) && !/[.](db[.]|dom[.])?test[.]/.test(file))
      .map((file) => join(folder, file)),
  );
  const sum = /\b(formatFen|moneyText)\((BigInt\()?[\w.]*(totals|leftOut|contributory|balance)[.]/;
  const writers = files.filter((file) => sum.test(readFileSync(file, "utf8")));
  expect(writers.filter((file) => !SUMS_BESIDE_THEIR_RECORDS.includes(file))).toEqual([]);
});

it.each([
  [{ records: 2, unvalued: 2 }, "未计价"],
  [{ records: 2, unvalued: 1, amountFen: "50" }, "0.50 元"],
  [{ records: 0 }, "0.00 元"],
] as const)("what is said of mutual aid is no zero where it has no price: %o", (more, text) => {
  const contributory = { ...sums({}), amountFen: "0", ...more };
  expect(amountText(contributorySum({ contributory }), show)).toBe(text);
});

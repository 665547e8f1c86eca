import type { CellStyle, WriteSheet } from "hucre";
import { capitalAmount } from "@/lib/kernel/capital-amount";
import { csvLine } from "@/lib/kernel/csv";
import { formatFen } from "@/lib/kernel/money";
import { STYLE } from "@/lib/kernel/sheet-grid";
import type { FileLine } from "./types";

/** Banks here read Chinese, whoever takes the file. */
const HEAD = ["序号", "姓名", "账号", "金额", "备注"];
const TEXT: CellStyle = { numFmt: "@" };
const MONEY: CellStyle = { numFmt: "0.00", alignment: { horizontal: "right" } };

type Batch = { lines: readonly FileLine[]; remark: string };

const plain = (fen: bigint) => formatFen(fen, { group: false });
const totalOf = ({ lines }: Batch) => lines.reduce((sum, { amountFen }) => sum + amountFen, 0n);

/** A line each, amounts with two places, and at the end their number and the total in figures and in words. */
export function batchCsv(batch: Batch): string[] {
  const total = totalOf(batch);
  return [
    HEAD,
    ...batch.lines.map(({ no, payee, account, amountFen }) => [String(no), payee, account, plain(amountFen), batch.remark]), // prettier-ignore
    ["合计", `${batch.lines.length} 笔`, "", plain(total), capitalAmount(total)],
  ].map(csvLine);
}

/** The same as a sheet: numbers and accounts are text, so that no digit of them is lost. */
export function batchSheet(batch: Batch): WriteSheet {
  const total = totalOf(batch);
  const text = (value: string) => ({ value, style: TEXT });
  const money = (fen: bigint) => ({ value: Number(plain(fen)), style: MONEY });
  const rows = [
    HEAD.map((value) => ({ value, style: STYLE.header })),
    ...batch.lines.map(({ no, payee, account, amountFen }) => [
      { value: no },
      text(payee),
      text(account),
      money(amountFen),
      text(batch.remark),
    ]),
    [
      text("合计"),
      text(`${batch.lines.length} 笔`),
      text(""),
      money(total),
      text(capitalAmount(total)),
    ],
  ];
  const cells = new Map(
    rows.flatMap((row, r) => row.map((cell, c) => [`${r},${c}`, cell] as const)),
  );
  return {
    name: "付款",
    columns: [{ width: 8 }, { width: 16 }, { width: 26 }, { width: 14 }, { width: 34 }],
    rows: [],
    cells,
  };
}

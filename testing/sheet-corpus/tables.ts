import { madeRow } from "../made-workbook";
import { oneSheet } from "./cells";

/** A table whose rows go in or are given back, each bad cell with why. */
export type CorpusTable = {
  name: string;
  file: string;
  bytes: () => Buffer;
  headers: readonly string[];
  good: number;
  amountFen: string;
  /** Address of the cell, and the key of what is said of it. */
  problems: readonly (readonly [cell: string, key: string])[];
};

const HEADS = ["项目", "发放日期", "金额（元）", "户数", "资金来源", "备注"];
const text = (place: string, said: string): string =>
  `<c r="${place}" t="inlineStr"><is><t>${said}</t></is></c>`;
const day = (place: string, serial: number): string => `<c r="${place}" s="1"><v>${serial}</v></c>`;

/** One payment of 1,200 yuan on 28 August 2026, but for the cells given. */
const row = (n: number, other: Partial<Record<"A" | "B" | "C" | "D" | "E", string>>): string => {
  const cells = {
    A: text(`A${n}`, "金秋助学"),
    B: day(`B${n}`, 46262),
    C: `<c r="C${n}"><v>1200</v></c>`,
    D: `<c r="D${n}"><v>3</v></c>`,
    E: text(`E${n}`, "县级工会经费"),
    ...other,
  };
  return `<row r="${n}">${Object.values(cells).join("")}${text(`F${n}`, `第${n}户`)}</row>`;
};

const rows = [
  madeRow(1, HEADS),
  row(2, {}),
  row(3, { C: '<c r="C3" t="e"><f>1/0</f><v>#DIV/0!</v></c>' }),
  row(4, { C: '<c r="C4"><f>[1]汇总!C4</f></c>' }),
  row(5, { C: '<c r="C5"><f>[1]汇总!C5</f><v>800</v></c>' }),
  row(6, { B: day("B6", 60) }),
  row(7, { D: '<c r="D7"><v>110105194912310021</v></c>' }),
  row(8, { E: '<c r="E8" t="s"><v>99</v></c>' }),
  row(9, { C: text("C9", "约定"), D: text("D9", "３") }),
  row(10, { B: text("B10", "2026年8月28日"), C: text("C10", "￥1,000.00") }),
];

export const TABLES: readonly CorpusTable[] = [
  {
    name: "a cell of every kind that no spreadsheet could keep",
    file: "台账.xlsx",
    bytes: () => oneSheet(rows.join(""), { formats: ["yyyy/m/d"] }),
    headers: HEADS,
    good: 3,
    amountFen: "300000",
    problems: [
      ["C3", "sheetError"],
      ["C4", "cellNoResult"],
      ["B6", "cellNoDay"],
      ["D7", "numberCut"],
      ["E8", "cellDamaged"],
      ["C9", "fen"],
    ],
  },
  {
    name: "spreadsheets of here: GB18030, numbers as they are written",
    file: "台账.csv",
    bytes: () =>
      Buffer.from("cfeec4bf2cbdf0b6eea3a8d4aaa3a90d0ab6accbcdcec2c5af2c313230300d0a", "hex"),
    headers: ["项目", "金额（元）"],
    good: 1,
    amountFen: "120000",
    problems: [],
  },
];

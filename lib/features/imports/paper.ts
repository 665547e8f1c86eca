import type { Cell, CellStyle, DataValidation, WriteSheet } from "hucre";
import { nameOf } from "@/lib/features/reference/present";
import type { Programme, Reference } from "@/lib/features/reference/types";
import { headingOf, isMoney, sourceOf } from "@/lib/features/rows/labels";
import type { PlainColumn, RowColumn } from "@/lib/features/rows/types";
import { COUNT_UNITS } from "@/lib/kernel/counts";
import type { Locale } from "@/lib/kernel/preferences";
import { sheetColumn } from "@/lib/kernel/sheet-column";
import { STYLE } from "@/lib/kernel/sheet-grid";
import { importFileWords } from "./labels";
import { lineNumberOf, TEMPLATE_SHEET } from "./rules";
import type { ImportColumn, LineProblem } from "./types";

/** How far down lists and formats reach: as many rows as a file may have, and its head. */
const LAST_ROW = 10_001;
const TEXT: CellStyle = { numFmt: "@", alignment: { vertical: "center" } };
const MONEY: CellStyle = { numFmt: "0.00", alignment: { horizontal: "right" } };
const EXAMPLE: CellStyle = { numFmt: "@", font: { italic: true, color: { rgb: "6B6B6B" } } };
const MARKED: CellStyle = {
  numFmt: "@",
  fill: { type: "pattern", pattern: "solid", fgColor: { rgb: "FBE3DF" } },
  font: { color: { rgb: "8C1D18" } },
};

const AUTHOR = "暖账";

/** The columns of a template, in the order of the ledger. */
function templateColumns({ mainUnit }: Programme): RowColumn[] {
  const usual: RowColumn[] = ["persons", "households", "personTimes", "packs"];
  return [
    "programme",
    "aidCategory",
    "recipientKind",
    "form",
    "paidOn",
    "periodFrom",
    "periodTo",
    "amount",
    ...usual,
    ...(usual.includes(mainUnit) ? [] : [mainUnit]),
    "rateUnit",
    "rateCount",
    "rateTimes",
    "fundSource1",
    "fundSource2",
    "shareAmount2",
    "campaign",
    "note",
  ];
}

type Hint = keyof ReturnType<typeof importFileWords>["hints"];

function hintOf(column: RowColumn): Hint {
  if (sourceOf(column)?.part === "source") return "source";
  if (isMoney(column)) return "money";
  if (column === "paidOn" || column === "periodFrom" || column === "periodTo") return "day";
  if (COUNT_UNITS.some((unit) => unit === column)) return "count";
  return column === "note" || column === "rateCount" || column === "rateTimes" ? "text" : "choice";
}

type Choices = Partial<Record<RowColumn, string[]>>;

function choicesOf(
  programme: Programme,
  reference: Reference,
  forms: Readonly<Record<string, string>>,
  locale: Locale,
): Choices {
  const names = (list: readonly { nameZh: string; nameEn: string; active?: boolean }[]) =>
    list.filter(({ active }) => active !== false).map((one) => nameOf(one, locale));
  const sources = names(reference.fundSources);
  return {
    programme: [nameOf(programme, locale)],
    aidCategory: names(reference.aidCategories),
    recipientKind: names(reference.recipientKinds),
    form: programme.allowedForms.map((form) => forms[form] ?? form),
    fundSource1: sources,
    fundSource2: sources,
    campaign: names(reference.campaigns.filter((one) => one.programme === programme.code)),
  };
}

function exampleOf(column: RowColumn, choices: Choices): string {
  const SAMPLE: Partial<Record<PlainColumn, string>> = {
    paidOn: "2026-08-28",
    amount: "12000.00",
    persons: "20",
  };
  if (column === "fundSource2" || column === "campaign") return "";
  return SAMPLE[column as PlainColumn] ?? choices[column]?.[0] ?? "";
}

function listsOf(columns: readonly RowColumn[], choices: Choices, sheet: string) {
  const listed = columns.filter((column) => (choices[column]?.length ?? 0) > 0);
  const rows = Array.from(
    { length: Math.max(0, ...listed.map((column) => choices[column]?.length ?? 0)) },
    (_, at) => listed.map((column) => choices[column]?.[at] ?? null),
  );
  const validations = listed.map((column, at): DataValidation => {
    const letter = sheetColumn(at);
    const target = sheetColumn(columns.indexOf(column) + 1);
    return {
      type: "list",
      formula1: `'${sheet}'!$${letter}$1:$${letter}$${choices[column]?.length ?? 1}`,
      allowBlank: true,
      // a code or another name is read as well
      showErrorMessage: false,
      range: `${target}2:${target}${LAST_ROW}`,
    };
  });
  return { rows, validations };
}

/** An empty table to fill in: the rows, how to fill them in, and, hidden, the lists and which template it is. */
export function templateSheets(input: {
  programme: Programme;
  reference: Reference;
  /** The words of forms by their codes. */
  forms: Readonly<Record<string, string>>;
  locale: Locale;
}): WriteSheet[] {
  const { programme, reference, forms, locale } = input;
  const words = importFileWords(locale);
  const columns = templateColumns(programme);
  const choices = choicesOf(programme, reference, forms, locale);
  const heads = [words.lineNumber, ...columns.map((column) => headingOf(column, locale))];
  const hints = [words.hints.lineNumber, ...columns.map((column) => words.hints[hintOf(column)])];
  const example = [words.example.mark, ...columns.map((column) => exampleOf(column, choices))];
  const cells = new Map<string, Partial<Cell>>();
  heads.forEach((value, at) => {
    const text = hints[at] ?? "";
    const comment = text === "" ? {} : { comment: { author: AUTHOR, text } };
    cells.set(`0,${at}`, { value, type: "string", style: STYLE.header, ...comment });
  });
  example.forEach((value, at) => {
    const comment = at === 0 ? { comment: { author: AUTHOR, text: words.example.note } } : {};
    cells.set(`1,${at}`, { value, type: "string", style: EXAMPLE, ...comment });
  });
  const { rows, validations } = listsOf(columns, choices, words.choices);
  const help = new Map<string, Partial<Cell>>();
  words.guide(nameOf(programme, locale)).forEach((value, at) => {
    help.set(`${at},0`, { value: `${at + 1}. ${value}`, type: "string", style: STYLE.note });
  });
  return [
    {
      name: words.sheet,
      cells,
      columns: [
        { width: 10, style: TEXT },
        ...columns.map((column) => ({
          width: column === "note" ? 28 : isMoney(column) ? 14 : 13,
          style: isMoney(column) ? MONEY : TEXT,
        })),
      ],
      dataValidations: validations,
      freezePane: { rows: 1, columns: 1 },
      rowDefs: new Map([[0, { height: 30 }]]),
    },
    { name: words.help, cells: help, columns: [{ width: 90 }] },
    { name: words.choices, rows, hidden: true },
    { name: TEMPLATE_SHEET, rows: [["1", programme.code]], veryHidden: true },
  ];
}

type RejectedLine = {
  row: number;
  cells: string[];
  problems: LineProblem[];
  /** The number it was first given back with, where it is not the first time. */
  returned: { importId: string; row: number } | null;
};

/** The bad rows in the columns of their file: why before them, the cells marked, and the number they are known by. */
export function rejectedSheet(input: {
  importId: string;
  headers: readonly string[];
  columns: readonly (ImportColumn | null)[];
  lines: readonly RejectedLine[];
  sentence: (problem: LineProblem) => string;
  locale: Locale;
}): WriteSheet {
  const { importId, headers, columns, lines, sentence, locale } = input;
  const words = importFileWords(locale);
  const own = headers.flatMap((header, at) =>
    columns[at] === "lineNumber" || columns[at] === "reason" ? [] : [{ header, at }],
  );
  const cells = new Map<string, Partial<Cell>>();
  [words.reason, words.lineNumber, ...own.map(({ header }) => header)].forEach((value, at) =>
    cells.set(`0,${at}`, { value, type: "string", style: STYLE.header }),
  );
  lines.forEach(({ row, cells: texts, problems, returned }, index) => {
    const y = index + 1;
    const hard = problems.filter(({ soft }) => soft !== true);
    const told = (problem: LineProblem) => {
      const header = problem.at === null ? "" : (headers[problem.at] ?? "");
      return header === "" ? sentence(problem) : `${header}: ${sentence(problem)}`;
    };
    const number = returned ?? { importId, row };
    const value = [...new Set(hard.map(told))].join(words.between);
    cells.set(`${y},0`, {
      value,
      type: "string",
      style: { ...MARKED, alignment: { wrapText: true } },
    });
    cells.set(`${y},1`, { value: lineNumberOf(number.importId, number.row), type: "string", style: TEXT }); // prettier-ignore
    own.forEach(({ at }, x) => {
      const faults = hard.filter((problem) => problem.at === at).map(sentence);
      const text = faults.join(words.between);
      const marked = faults.length > 0;
      cells.set(`${y},${x + 2}`, {
        value: texts[at] ?? "",
        type: "string",
        style: marked ? MARKED : TEXT,
        ...(marked ? { comment: { author: AUTHOR, text } } : {}),
      });
    });
  });
  return {
    name: words.rejected,
    cells,
    columns: [
      { width: 48, style: TEXT },
      { width: 10, style: TEXT },
      ...own.map(() => ({ width: 14, style: TEXT })),
    ],
    freezePane: { rows: 1, columns: 2 },
  };
}

import type { CellStyle, WriteSheet } from "hucre";
import { capitalAmount } from "@/lib/kernel/capital-amount";
import { formatFen } from "@/lib/kernel/money";
import { maskedName } from "@/lib/kernel/person-name";
import { sheetColumn } from "@/lib/kernel/sheet-column";
import { PAPER, put, rowStyle, span, STYLE, type Grid } from "@/lib/kernel/sheet-grid";
import { sheetsOf, sumOf } from "./rules";
import type { PaperHead, PublicNotice, SignLine } from "./types";

type Say = (key: string, values?: Record<string, string | number>) => string;
export type PaperWords = { say: Say };

/** One page: what stands above, a table, what stands below. A cell may have two lines. */
export type PaperPage = {
  title: string;
  left: string;
  right: string;
  columns: { header: string; width: number; align: "left" | "right" | "center" }[];
  rows: string[][];
  /** Below the lines, over the whole width but for the amount. */
  totals: { of: "page" | "all"; words: string; figure: string }[];
  /** Which column adds up, and to what of each row in fen. */
  amountAt: number;
  fen: (bigint | null)[];
  below: string[];
  /** In points: room to sign in, or a list that many read. */
  rowHeight: number;
  signatures: string[];
};

const money = (fen: bigint | null) => (fen === null ? "" : formatFen(fen));

function totalOf(
  of: "page" | "all",
  lines: readonly SignLine[],
  { say }: PaperWords,
): PaperPage["totals"][number] {
  const fen = sumOf(lines);
  const packs = lines.reduce((sum, line) => sum + (line.packs ?? 0), 0);
  const parts = [
    // 大写 is Chinese, whatever the language of the page
    ...(fen === null ? [] : [capitalAmount(fen)]),
    ...(packs === 0 ? [] : [say("sheet.packs", { count: packs })]),
  ];
  const key = of === "page" ? "sheet.ofPage" : "sheet.ofAll";
  return { of, words: say(key, { words: parts.join(say("separator")) }), figure: money(fen) };
}

/** 签领表: ten people a page, each with number above account, to be signed by hand. */
export function signPages(
  head: PaperHead,
  lines: readonly SignLine[],
  words: PaperWords,
): PaperPage[] {
  const { say } = words;
  const hasPacks = lines.some(({ packs }) => packs !== null);
  const columns = [
    { header: say("sheet.no"), width: 4, align: "center" },
    { header: say("sheet.name"), width: 12, align: "left" },
    { header: say("sheet.sex"), width: 5, align: "center" },
    { header: say("sheet.age"), width: 5, align: "center" },
    { header: say("sheet.numbers"), width: 22, align: "left" },
    { header: say("sheet.phone"), width: 13, align: "left" },
    { header: say("sheet.amount"), width: 12, align: "right" },
    ...(hasPacks ? [{ header: say("sheet.count"), width: 6, align: "right" } as const] : []),
    { header: say("sheet.note"), width: 15, align: "left" },
    { header: say("sheet.signed"), width: 14, align: "left" },
  ] satisfies PaperPage["columns"];
  const sheets = sheetsOf(lines);
  return sheets.map((sheet, at) => ({
    title: say("sheet.title", { programme: head.programme }),
    left: say("sheet.left", { organisation: head.organisation, sources: head.sources }),
    right: say("sheet.right", { reference: head.reference, at: at + 1, of: sheets.length }),
    columns,
    rows: sheet.map((line) => [
      String(line.no),
      line.name,
      line.sex === null ? "" : say(`sheet.${line.sex}`),
      line.age === null ? "" : String(line.age),
      `${line.idNumber ?? ""}\n${line.account ?? ""}`,
      line.phone ?? "",
      money(line.amountFen),
      ...(hasPacks ? [line.packs === null ? "" : String(line.packs)] : []),
      [line.payee === null ? [] : say("sheet.payee", { name: line.payee }), line.note ?? []]
        .flat()
        .join(say("separator")),
      "",
    ]),
    amountAt: 6,
    fen: sheet.map(({ amountFen }) => amountFen),
    totals: [
      totalOf("page", sheet, words),
      ...(sheets.length > 1 && at === sheets.length - 1 ? [totalOf("all", lines, words)] : []),
    ],
    below: [],
    rowHeight: 32,
    signatures: [say("sheet.head"), say("sheet.checked"), say("sheet.handled"), say("sheet.watched")], // prettier-ignore
  }));
}

/** As many lines as a page of a notice has. */
const PER_PAGE = 25;

/** 公示: what everybody may read of a list, and nothing by which anybody is found. */
export function noticePages(
  head: PaperHead,
  notice: Pick<PublicNotice, "place" | "telephone" | "postedOn" | "endsOn" | "endKnown">,
  lines: readonly SignLine[],
  words: PaperWords,
): PaperPage[] {
  const { say } = words;
  const pages = Array.from({ length: Math.ceil(lines.length / PER_PAGE) }, (_, at) =>
    lines.slice(at * PER_PAGE, (at + 1) * PER_PAGE),
  );
  const hasPacks = lines.some(({ packs }) => packs !== null);
  const days = { from: notice.postedOn, to: notice.endsOn };
  return pages.map((page, at) => ({
    title: say("notice.title", { programme: head.programme, year: String(head.year) }),
    left: say("notice.left", { organisation: head.organisation }),
    right: say("notice.right", { at: at + 1, of: pages.length }),
    columns: [
      { header: say("sheet.no"), width: 6, align: "center" },
      { header: say("notice.union"), width: 34, align: "left" },
      { header: say("sheet.name"), width: 24, align: "left" },
      { header: say("notice.programme"), width: 24, align: "left" },
      { header: say("sheet.amount"), width: 16, align: "right" },
      ...(hasPacks ? [{ header: say("sheet.count"), width: 8, align: "right" } as const] : []),
    ],
    rows: page.map((line) => [
      String(line.no),
      head.organisation,
      maskedName(line.name),
      head.programme,
      money(line.amountFen),
      ...(hasPacks ? [line.packs === null ? "" : String(line.packs)] : []),
    ]),
    amountAt: 4,
    fen: page.map(({ amountFen }) => amountFen),
    totals: at === pages.length - 1 ? [totalOf("all", lines, words)] : [],
    below: [
      say(notice.endKnown ? "notice.days" : "notice.daysExpected", days),
      say("notice.objections", { telephone: notice.telephone }),
    ],
    rowHeight: 13,
    signatures: [say("notice.seal")],
  }));
}

/** The same page as a section of a pdf. */
export const pageSection = (page: PaperPage) => ({
  ...{ title: page.title, left: page.left, right: page.right },
  parts: [
    {
      kind: "table" as const,
      size: 9,
      rowHeight: page.rowHeight,
      widths: page.columns.map(({ width }) => width),
      head: [page.columns.map(({ header }) => ({ text: header, align: "center" as const, bold: true, fill: "#f2ece4" }))],
      rows: [
        ...page.rows.map((texts) => texts.map((text, at) => ({ text, align: page.columns[at]?.align ?? "left" }))),
        ...page.totals.map(({ words, figure }) => [
          { text: words, bold: true, colSpan: page.amountAt },
          ...Array.from({ length: page.amountAt - 1 }, () => null),
          { text: figure, bold: true, align: "right" as const },
          ...page.columns.slice(page.amountAt + 1).map(() => ({ text: "" })),
        ]),
      ],
    },
    ...(page.below.length > 0 ? [{ kind: "words" as const, lines: page.below, size: 10 }] : []),
    { kind: "signatures" as const, labels: page.signatures },
  ],
}); // prettier-ignore

/** 领款凭条 of one line: who paid what to whom, by which voucher, and where to sign. */
function receiptParts(head: PaperHead, line: SignLine, { say }: PaperWords) {
  const label = (key: string) => ({ text: say(`receipt.${key}`), bold: true, fill: "#f2ece4" });
  const money = line.amountFen === null ? say("receipt.noMoney") : formatFen(line.amountFen);
  const capital = line.amountFen === null ? "" : capitalAmount(line.amountFen);
  const given = line.packs === null ? "" : say("sheet.packs", { count: line.packs });
  const proxy = line.payee === null ? "" : say("receipt.payee", { name: line.payee });
  const pair = (a: string, one: string, b: string, other: string) => [
    label(a),
    { text: one },
    label(b),
    { text: other },
  ];
  return [
    {
      kind: "table" as const,
      ...{ size: 11, rowHeight: 22, widths: [13, 37, 13, 37], head: [] },
      rows: [
        pair("name", line.name, "voucher", say("receipt.line", { reference: head.reference, no: line.no })),
        pair("payer", head.organisation, "programme", say("receipt.of", { programme: head.programme, year: String(head.year) })),
        pair("capital", capital, "figures", money),
        pair("day", head.day, "note", [given, proxy].filter(Boolean).join(say("separator"))),
      ],
    },
    { kind: "signatures" as const, labels: [say("receipt.signed"), say("sheet.handled"), say("receipt.signedOn")] },
  ]; // prettier-ignore
}

/** Two to a page, to be cut apart. */
export function receiptSections(head: PaperHead, lines: readonly SignLine[], words: PaperWords) {
  const { say } = words;
  return Array.from({ length: Math.ceil(lines.length / 2) }, (_, at) => {
    const [first, second] = lines.slice(at * 2, at * 2 + 2);
    return {
      ...{ title: say("receipt.title"), left: say("receipt.seal", head), right: say("receipt.copy") },
      parts: [
        ...(first ? receiptParts(head, first, words) : []),
        ...(second
          ? [
              { kind: "words" as const, lines: ["", "", say("receipt.cut"), ""], align: "center" as const },
              { kind: "words" as const, lines: [say("receipt.title")], size: 14, bold: true, align: "center" as const },
              { kind: "words" as const, lines: [say("receipt.seal", head)], size: 9 },
              ...receiptParts(head, second, words),
            ]
          : []),
      ],
    }; // prettier-ignore
  });
}

const yuan = (fen: bigint) => Number(formatFen(fen).replaceAll(",", ""));
const MONEY = rowStyle({ kind: "unit" }, "#,##0.00");
const TEXT = { ...rowStyle({ kind: "unit" }), numFmt: "@" };
const TOTAL = rowStyle({ kind: "subtotal" });

type Laying = Grid & { row: number; ranges: string[] };

/** The lines of a page, two rows each where a cell has two lines: numbers as numbers, documents and accounts as text. */
function layLines(laying: Laying, page: PaperPage): void {
  const deep = page.rows.some((texts) => texts.some((text) => text.includes("\n"))) ? 2 : 1;
  const first = laying.row + 1;
  for (const [line, texts] of page.rows.entries()) {
    const fen = page.fen[line] ?? null;
    texts.forEach((text, column) => {
      const [above = "", below] = text.split("\n");
      const isMoney = column === page.amountAt && fen !== null;
      const cell = isMoney ? { value: yuan(fen), style: MONEY } : { value: above, style: TEXT };
      const rows = below === undefined ? deep : 1;
      span(laying, laying.row, column, rows, 1, cell);
      if (below !== undefined) put(laying, laying.row + 1, column, { value: below, style: TEXT });
    });
    laying.row += deep;
  }
  const letter = sheetColumn(page.amountAt);
  laying.ranges.push(`${letter}${first}:${letter}${laying.row}`);
}

function layTotals(laying: Laying, page: PaperPage): void {
  for (const { of, words, figure } of page.totals) {
    const ranges = of === "page" ? laying.ranges.slice(-1) : laying.ranges;
    page.columns.forEach((_, column) =>
      put(laying, laying.row, column, { value: null, style: TOTAL }),
    );
    span(laying, laying.row, 0, 1, page.amountAt, { value: words, style: TOTAL });
    if (figure !== "")
      put(laying, laying.row, page.amountAt, {
        value: null,
        type: "formula",
        formula: `SUM(${ranges.join(",")})`,
        formulaResult: Number(figure.replaceAll(",", "")),
        style: MONEY,
      });
    laying.row += 1;
  }
}

function layPage(laying: Laying, page: PaperPage): void {
  const width = page.columns.length;
  const line = (value: string, style: CellStyle = STYLE.line) => {
    span(laying, laying.row, 0, 1, width, { value, style });
    laying.row += 1;
  };
  line(page.title, STYLE.title);
  line(page.left);
  line(page.right);
  page.columns.forEach(({ header }, column) =>
    put(laying, laying.row, column, { value: header, style: STYLE.header }),
  );
  laying.row += 1;
  layLines(laying, page);
  layTotals(laying, page);
  page.below.forEach((text) => line(text));
  line(page.signatures.join("　　　　　　　　"));
}

/** The same pages as a workbook of one sheet, a page break after each; totals are formulas. */
export function paperSheet(name: string, pages: readonly PaperPage[]): WriteSheet {
  const laying: Laying = { cells: new Map(), merges: [], row: 0, ranges: [] };
  const rowBreaks: number[] = [];
  for (const page of pages) {
    layPage(laying, page);
    rowBreaks.push(laying.row - 1);
  }
  return {
    name,
    columns: (pages[0]?.columns ?? []).map(({ width }) => ({ width })),
    cells: laying.cells,
    merges: laying.merges,
    rowBreaks: rowBreaks.slice(0, -1),
    pageSetup: PAPER,
  };
}

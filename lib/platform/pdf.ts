import "server-only";
import { join } from "node:path";
import type { Content, ContentTable, TableCell, TDocumentDefinitions } from "pdfmake/interfaces";

/** A cell as it stands on paper; null lies under a cell that spans it. */
type PdfCell = {
  text: string;
  align?: "left" | "right" | "center";
  bold?: boolean;
  fill?: string;
  colSpan?: number;
  rowSpan?: number;
} | null;

/** `head` is repeated on every page that the rows go on to; a row is never torn. */
type PdfTable = {
  kind: "table";
  head: PdfCell[][];
  rows: PdfCell[][];
  /** Shares of the width; they are laid out to fill it. */
  widths: readonly number[];
  size?: number;
  /** In points, of each row below the head: room to write in. */
  rowHeight?: number;
};
/** A drawing of its own attributes alone: style sheets, filters and foreign objects are not read. */
type PdfDrawing = { kind: "drawing"; svg: string; width: number };
type PdfWords = {
  kind: "words";
  lines: readonly string[];
  size?: number;
  bold?: boolean;
  align?: "left" | "center";
};
/** Side by side over the whole width, with air to sign in. */
type PdfSignatures = { kind: "signatures"; labels: readonly string[] };
type PdfPart = PdfTable | PdfDrawing | PdfWords | PdfSignatures;

/** Begins a page of its own: a title, who fills it in and in which unit, and what stands under them. */
type PdfSection = {
  title: string;
  caption?: string;
  left: string;
  right: string;
  parts: readonly PdfPart[];
};

export type PdfDocument = {
  title: string;
  /** The only time in it: the same document is the same bytes. */
  created: Date;
  foot: string;
  page: (at: number, of: number) => string;
  sections: readonly PdfSection[];
};

const FONT = "NotoSansSC";
/** Named in next.config.ts, which carries the two faces beside the built server. */
const PACKAGE = ["@expo-google-fonts", "noto-sans-sc"];
const MARGIN = 28;
/** A4 lying, between the margins, in points. */
const WIDTH = 842 - 2 * MARGIN;
const LINE = "#8c8c8c";

/** Loaded when a document is asked for; nothing is fetched, and no file is read but the faces. */
async function printer() {
  const { default: pdfmake } = await import("pdfmake");
  const folder = join(process.cwd(), "node_modules", ...PACKAGE);
  const face = (name: string) => join(folder, name, `NotoSansSC_${name}.ttf`);
  const [normal, bold] = [face("400Regular"), face("700Bold")];
  pdfmake.setUrlAccessPolicy(() => false);
  pdfmake.setLocalAccessPolicy((path: string) => path === normal || path === bold);
  pdfmake.setFonts({ [FONT]: { normal, bold, italics: normal, bolditalics: bold } });
  return pdfmake;
}

/** The face draws “ ” and ’ as wide as a Chinese character, which tears an English word apart. */
const set = (text: string): string =>
  /[\u2e80-\uffef]/.test(text) ? text : text.replace(/[“”]/g, '"').replace(/[‘’]/g, "'");

function cellOf(cell: PdfCell): TableCell {
  if (cell === null) return {};
  const { text, align = "left", bold = false, fill, colSpan, rowSpan } = cell;
  return {
    text: set(text),
    bold,
    alignment: align,
    ...(fill === undefined ? {} : { fillColor: fill }),
    ...(colSpan === undefined ? {} : { colSpan }),
    ...(rowSpan === undefined ? {} : { rowSpan }),
  };
}

function tableOf({ head, rows, widths, size = 7, rowHeight }: PdfTable): ContentTable {
  const all = widths.reduce((sum, one) => sum + one, 0);
  // what lines and air take of each column
  const room = WIDTH - widths.length * 4.5 - 1;
  return {
    fontSize: size,
    table: {
      headerRows: head.length,
      dontBreakRows: true,
      keepWithHeaderRows: 1,
      widths: widths.map((one) => (room * one) / all),
      ...(rowHeight === undefined
        ? {}
        : { heights: (row: number) => (row < head.length ? "auto" : rowHeight) }),
      body: [...head, ...rows].map((row) => row.map(cellOf)),
    },
    layout: {
      hLineWidth: () => 0.5,
      vLineWidth: () => 0.5,
      hLineColor: () => LINE,
      vLineColor: () => LINE,
      paddingLeft: () => 2,
      paddingRight: () => 2,
      paddingTop: () => 1.2,
      paddingBottom: () => 1.2,
    },
  };
}

function partOf(part: PdfPart): Content {
  switch (part.kind) {
    case "table":
      return tableOf(part);
    case "drawing":
      return {
        svg: part.svg.replace(/>[^<]+</g, set),
        width: part.width,
        alignment: "center",
        margin: [0, 4, 0, 4],
      };
    case "words":
      return {
        stack: part.lines.map((text) => ({ text: set(text) })),
        fontSize: part.size ?? 7,
        bold: part.bold ?? false,
        alignment: part.align ?? "left",
        margin: [0, 4, 0, 0],
      };
    case "signatures":
      return {
        columns: part.labels.map((text) => ({ text: set(text), width: "*" as const })),
        margin: [0, 14, 0, 0],
      };
  }
}

function sectionOf(section: PdfSection, at: number): Content {
  const { title, caption, left, right, parts } = section;
  return {
    stack: [
      { text: set(title), fontSize: 14, bold: true, alignment: "center" },
      ...(caption === undefined
        ? []
        : [{ text: set(caption), alignment: "center" as const, bold: true }]),
      {
        columns: [
          { text: set(left), width: "*" },
          { text: set(right), width: "auto", alignment: "right" },
        ],
        margin: [0, 3, 0, 3],
      },
      ...parts.map(partOf),
    ],
    ...(at === 0 ? {} : { pageBreak: "before" as const }),
  };
}

/** A4 lying, in one embedded face of which the letters used are kept; pages numbered. */
export async function pdfFile(document: PdfDocument): Promise<Uint8Array> {
  const { title, created, foot, page, sections } = document;
  const definition: TDocumentDefinitions = {
    pageSize: "A4",
    pageOrientation: "landscape",
    pageMargins: [MARGIN, 26, MARGIN, 30],
    info: { title, creator: "Nuanzhang 暖账", producer: "Nuanzhang 暖账", creationDate: created },
    defaultStyle: { font: FONT, fontSize: 9 },
    content: sections.map(sectionOf),
    footer: (at, of) => ({
      columns: [
        { text: set(foot), width: "*" },
        { text: page(at, of), width: "auto", alignment: "right" },
      ],
      fontSize: 7,
      margin: [MARGIN, 8, MARGIN, 0],
    }),
  };
  const pdfmake = await printer();
  return new Uint8Array(await pdfmake.createPdf(definition).getBuffer());
}

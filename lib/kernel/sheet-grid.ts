import type { Cell, CellStyle, MergeRange, PageSetup } from "hucre";

/** A line of a table: sums stand out. */
type Line = { kind: "total" | "subtotal" | "own" | "unit"; code?: string };

const RED = { rgb: "B3261E" };
const LINE = { style: "thin" as const, color: { rgb: "8C8C8C" } };
const BORDER = { top: LINE, right: LINE, bottom: LINE, left: LINE };
/** Of figures: its commas and points are narrow, so that a page carries more of them. */
const FIGURES = { name: "Times New Roman", size: 10 };
const FONT = { name: "宋体", size: 10 };
const fill = (rgb: string) => ({
  type: "pattern" as const,
  pattern: "solid" as const,
  fgColor: { rgb },
});

export const STYLE = {
  title: {
    font: { ...FONT, size: 16, bold: true },
    alignment: { horizontal: "center", vertical: "center" },
  },
  caption: {
    font: { ...FONT, bold: true },
    alignment: { horizontal: "center", vertical: "center" },
  },
  line: { font: FONT, alignment: { vertical: "center" } },
  lineRight: { font: FONT, alignment: { horizontal: "right", vertical: "center" } },
  demo: { font: { ...FONT, bold: true, color: RED }, alignment: { vertical: "center" } },
  note: { font: FONT, alignment: { vertical: "top", wrapText: true } },
  header: {
    font: { ...FONT, bold: true },
    fill: fill("F2ECE4"),
    border: BORDER,
    alignment: { horizontal: "center", vertical: "center", wrapText: true },
  },
} satisfies Record<string, CellStyle>;

/** A4 lying, one page wide. */
export const PAPER: PageSetup = {
  paperSize: "a4",
  orientation: "landscape",
  fitToPage: true,
  fitToWidth: 1,
  fitToHeight: 0,
  margins: { top: 0.4, bottom: 0.5, left: 0.18, right: 0.18, header: 0.2, footer: 0.2 },
  horizontalCentered: true,
};

export type Grid = { cells: Map<string, Partial<Cell>>; merges: MergeRange[] };

export function put(grid: Grid, row: number, column: number, cell: Partial<Cell>): void {
  grid.cells.set(`${row},${column}`, cell);
}

export function span(
  grid: Grid,
  row: number,
  column: number,
  rows: number,
  columns: number,
  cell: Partial<Cell>,
) {
  for (let r = row; r < row + rows; r++)
    for (let c = column; c < column + columns; c++)
      put(grid, r, c, cell.style ? { value: null, style: cell.style } : { value: null });
  put(grid, row, column, cell);
  if (rows * columns > 1)
    grid.merges.push({
      startRow: row,
      startCol: column,
      endRow: row + rows - 1,
      endCol: column + columns - 1,
    });
}

/** Of the name of a line, or of its figures, which have a format. */
export function rowStyle(row: Line, numFmt?: string): CellStyle {
  const strong = row.kind === "total" || row.kind === "subtotal";
  return {
    // a bold figure is wider where another face takes the place of ours
    font: numFmt ? FIGURES : { ...FONT, bold: strong },
    border: BORDER,
    ...(row.kind === "total" ? { fill: fill("F7E9E7") } : strong ? { fill: fill("FAF6F0") } : {}),
    alignment: numFmt
      ? { horizontal: "right", vertical: "center" }
      : { horizontal: "left", vertical: "center", wrapText: true },
    ...(numFmt ? { numFmt } : {}),
  };
}

/** A code is never torn but after its hyphen. */
export function codeStyle(row: Line): CellStyle {
  return {
    ...rowStyle(row, "@"),
    alignment: {
      horizontal: "left",
      vertical: "center",
      wrapText: row.code?.includes("-") === true,
    },
  };
}

import shapes from "@/lib/kernel/county-shapes.json";
import { layHeader, cellText } from "@/lib/features/summary/present";
import { paperName, textWidth } from "@/lib/features/summary/paper";
import { proofHolds } from "@/lib/features/files/paper";
import { summaryWords } from "@/lib/features/summary/labels";
import type { SummarySheet, SummaryTable } from "@/lib/features/summary/types";
import type { MapFace, ShownArea } from "@/lib/features/map/present";
import { knownFen, knownText } from "@/lib/kernel/known";
import type { MoneyUnit } from "@/lib/kernel/money";
import type { Locale } from "@/lib/kernel/preferences";
import type { PackTable } from "./present";

type Show = { locale: Locale; unit: MoneyUnit };

/** A4 lying, between the margins, in points. */
const PAPER = 786;
/** Of the size of letters, what one digit takes, bold and with the air about it. */
const DIGIT = 0.6;
const NAME_AT_MOST = 26;

const clamp = (least: number, size: number, most: number) => Math.max(least, Math.min(size, most));

/** As large as the widths allow; a table of many lines stays on as few pages as it can. */
function sizesOf(table: SummaryTable, sheet: SummarySheet, { locale, coded }: Laid) {
  const longest = (texts: string[]) => Math.max(6, ...texts.map(textWidth)) + 1;
  const name = longest(table.rows.map((row) => paperName(row, locale)));
  const widths = [
    Math.min(name, NAME_AT_MOST),
    ...(coded ? [longest(table.rows.map(({ code }) => code))] : []),
    // Latin words of a heading are bold, and wider than so many digits
    ...sheet.widths.columns.map((width) => 1.08 * width + 0.7),
  ];
  const all = widths.reduce((sum, width) => sum + width, 0);
  return { widths, size: clamp(5.5, PAPER / all / DIGIT, table.rows.length > 30 ? 7 : 9) };
}

type Laid = Show & {
  /** Its lines are places, whose codes everybody knows; those of the other axes are for programs. */
  coded: boolean;
};

/** A table of the pack as a printer gets it, in the shape of the writer of paper. */
export function paperTable(table: SummaryTable, sheet: SummarySheet, laid: Laid) {
  const head = layHeader(sheet.columns);
  const lead = laid.coded ? 2 : 1;
  const fill = "#f2ece4";
  const top = (text: string, spans: { colSpan?: number; rowSpan?: number } = {}) => ({
    ...{ text, align: "center" as const, bold: true, fill },
    ...spans,
  });
  const lines = head.map((cells, level) => {
    const row: (ReturnType<typeof top> | null)[] = Array.from(
      { length: lead + sheet.columns.length },
      () => null,
    );
    if (level === 0)
      [table.nameHeader, table.codeHeader].slice(0, lead).forEach((text, at) => {
        row[at] = top(text, { rowSpan: head.length });
      });
    for (const { text, column, colSpan, rowSpan } of cells)
      row[lead + column] = top(text, { colSpan, rowSpan });
    return row;
  });
  const marks = [
    ...table.marks.slice(0, lead),
    ...sheet.columns.map(({ number }) => `(${number})`),
  ];
  return {
    kind: "table" as const,
    head: [...lines, marks.map((text) => top(text))],
    rows: table.rows.map((row) => {
      const strong = row.kind === "total" || row.kind === "subtotal";
      const look = strong ? { bold: true, fill: row.kind === "total" ? "#f7e9e7" : "#faf6f0" } : {};
      return [
        ...[paperName(row, laid.locale), row.code]
          .slice(0, lead)
          .map((text) => ({ text, ...look })),
        ...sheet.columns.map(({ number }) => ({
          text: cellText(row.cells[number - 1] ?? { kind: "unknown" }, laid),
          align: "right" as const,
          ...look,
        })),
      ];
    }),
    ...sizesOf(table, sheet, laid),
  };
}

/** What a total is held against, and whether it agrees. */
export const proofText = ({ table, proofs }: PackTable, locale: Locale): string[] => {
  const w = summaryWords(locale);
  return proofs.map(
    (proof) => `${w.check}  ${proof.said}  ${proofHolds(table, proof) ? w.holds : w.fails}`,
  );
};

export const noteText = ({ notes }: SummaryTable, locale: Locale): string[] =>
  notes.map((note, at) => `${summaryWords(locale).notes} ${at + 1}  ${note}`);

const escaped = (text: string) => text.replace(/[&<>"]/g, (one) => `&#${one.charCodeAt(0)};`);

const INK = "#22201c";
type Bar = { name: string; fen: string | null };

/** Lying bars of one measure, each with its amount behind it; what is not known has no bar and says so. */
export function barsSvg(bars: readonly Bar[], show: Show): string {
  const longest = Math.max(...bars.map(({ name }) => textWidth(name)));
  const [left, right, line] = [clamp(90, 20 + 5.8 * longest, 300), 110, 22];
  const width = 760;
  const known = bars.map(({ fen }) => BigInt(fen ?? 0));
  const most = known.reduce((high, fen) => (fen > high ? fen : high), 1n);
  const room = width - left - right;
  const parts = bars.map(({ name, fen }, at) => {
    const y = 4 + at * line;
    const size =
      fen === null || BigInt(fen) < 0n
        ? 0
        : Number((BigInt(fen) * BigInt(Math.floor(room))) / most);
    const text = knownText(knownFen(fen), show);
    return [
      `<text x="${left - 6}" y="${y + 13}" text-anchor="end" font-size="10" fill="${INK}">${escaped(name)}</text>`,
      `<rect x="${left}" y="${y + 2}" width="${size}" height="${line - 7}" fill="#5f8aa5"/>`,
      `<text x="${left + size + 5}" y="${y + 13}" font-size="10" fill="${INK}">${escaped(text)}</text>`,
    ].join("");
  });
  const height = 8 + bars.length * line;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${parts.join("")}<line x1="${left}" y1="0" x2="${left}" y2="${height}" stroke="${INK}" stroke-width="0.8"/></svg>`;
}

const SHADES = ["#e4edf1", "#bfd3de", "#91b1c4", "#5f8aa5", "#2f5d7c"];
const HATCH = 60;

/** Strokes over what no class holds: one way, crossed, or level. */
function hatches(): string {
  const line = 'stroke="#8a857a" stroke-width="8"';
  const slanted = `<line x1="${HATCH / 2}" y1="0" x2="${HATCH / 2}" y2="${HATCH}" ${line}/>`;
  const level = `<line x1="0" y1="${HATCH / 2}" x2="${HATCH}" y2="${HATCH / 2}" ${line}/>`;
  const pattern = (id: string, turned: boolean, lines: string) =>
    `<pattern id="${id}" width="${HATCH}" height="${HATCH}" patternUnits="userSpaceOnUse"${turned ? ' patternTransform="rotate(45)"' : ""}><rect width="${HATCH}" height="${HATCH}" fill="#ffffff"/>${lines}</pattern>`;
  return `<defs>${pattern("unknown", true, slanted)}${pattern("unvalued", true, slanted + level)}${pattern("none", false, level)}</defs>`;
}

const fillOf = ({ sign, shade }: Pick<MapFace["legend"][number], "sign" | "shade">): string =>
  sign === "class" ? (SHADES[shade ?? 0] ?? "#ffffff") : sign === "zero" ? "#ffffff" : `url(#${sign})`; // prettier-ignore

/** The counties by class, with the bounds of each in the legend, in one drawing. */
export function mapSvg(face: MapFace, areas: readonly ShownArea[]): string {
  const drawn = areas.flatMap((area) => {
    const shape = shapes.areas.find(({ codes }) => codes.includes(area.key));
    const painted = face.painted[area.key];
    return shape && painted ? [{ area, shape, painted }] : [];
  });
  const outlines = drawn.map(
    ({ shape, painted }) =>
      `<path d="${shape.path}" fill="${fillOf(painted)}" fill-rule="evenodd" stroke="${INK}" stroke-width="6"/>`,
  );
  const labels = drawn.flatMap(({ area, shape, painted }) => {
    const size = 92;
    const half =
      ([...area.label].reduce((sum, one) => sum + (one > "\u2e80" ? 1 : 0.54), 0) * size) / 2;
    if ((shape.label[2] ?? 0) < 1.6 * half) return [];
    const light = painted.sign === "class" && (painted.shade ?? 0) >= 3;
    return [
      `<text x="${shape.label[0]}" y="${(shape.label[1] ?? 0) + size / 3}" text-anchor="middle" font-size="${size}" fill="${light ? "#ffffff" : INK}">${escaped(area.label)}</text>`,
    ];
  });
  const top = shapes.height + 120;
  const legend = face.legend.map((row, at) => {
    const [x, y] = [100 + (at % 3) * 2000, top + Math.floor(at / 3) * 170];
    return `<rect x="${x}" y="${y}" width="200" height="110" fill="${fillOf(row)}" stroke="${INK}" stroke-width="6"/><text x="${x + 250}" y="${y + 95}" font-size="110" fill="${INK}">${escaped(`${row.words} (${row.count})`)}</text>`;
  });
  const height = top + Math.ceil(face.legend.length / 3) * 170 + 40;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${shapes.width}" height="${height}" viewBox="0 0 ${shapes.width} ${height}">${hatches()}${outlines.join("")}${labels.join("")}${legend.join("")}</svg>`;
}

/** Who fills it in, and in which unit, over a table. */
export const overTable = (table: SummaryTable, { locale, unit }: Show) => ({
  left: table.filledBy,
  right: summaryWords(locale).unit(unit),
});

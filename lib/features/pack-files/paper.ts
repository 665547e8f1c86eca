import shapes from "@/lib/kernel/county-shapes.json";
import { textWidth } from "@/lib/features/summary/paper";
import { proofHolds } from "@/lib/features/files/paper";
import { summaryWords } from "@/lib/features/summary/labels";
import type { MapFace, ShownArea } from "@/lib/features/map/present";
import { knownFen, knownText } from "@/lib/kernel/known";
import type { MoneyUnit } from "@/lib/kernel/money";
import type { Locale } from "@/lib/kernel/preferences";
import type { PackTable } from "./present";

type Show = { locale: Locale; unit: MoneyUnit };

const clamp = (least: number, size: number, most: number) => Math.max(least, Math.min(size, most));

/** What a total is held against, and whether it agrees. */
export const proofText = ({ table, proofs }: PackTable, locale: Locale): string[] => {
  const w = summaryWords(locale);
  return proofs.map(
    (proof) => `${w.check}  ${proof.said}  ${proofHolds(table, proof) ? w.holds : w.fails}`,
  );
};

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

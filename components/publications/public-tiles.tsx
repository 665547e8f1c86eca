import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { tilesOf, type PublicWords, type Tile } from "@/lib/features/publications/present";
import type { Published } from "@/lib/features/publications/types";
import styles from "./publications.module.css";

const WIDE = 60;
const HIGH = 46;
const GAP = 2;
const SHADES = ["#e4edf1", "#bfd3de", "#91b1c4", "#5f8aa5", "#2f5d7c"] as const;
const DARK_FROM = 3;

const fillOf = ({ sign, shade }: Pick<Tile, "sign" | "shade">): string => {
  if (sign === "class") return SHADES[shade ?? 0] ?? SHADES[0];
  return sign === "hidden" || sign === "unpriced" ? `url(#public-${sign})` : "#ffffff";
};

/** Dots: hidden. Strokes: not priced. */
function Patterns() {
  return (
    <defs>
      <pattern id="public-hidden" width={8} height={8} patternUnits="userSpaceOnUse">
        <rect width={8} height={8} fill="#ffffff" />
        <circle cx={4} cy={4} r={1.2} fill="#8a857a" />
      </pattern>
      <pattern id="public-unpriced" width={7} height={7} patternUnits="userSpaceOnUse">
        <rect width={7} height={7} fill="#ffffff" />
        <line x1={0} x2={7} y1={3.5} y2={3.5} stroke="#8a857a" />
      </pattern>
    </defs>
  );
}

function TileMark({ tile }: { tile: Tile }) {
  const { column, row, half, label, sign, shade, name, text } = tile;
  const high = half === null ? HIGH : HIGH / 2;
  const top = row * HIGH + (half === 1 ? HIGH / 2 : 0);
  const patterned = sign === "hidden" || sign === "unpriced";
  return (
    <g>
      <title>{`${name} ${text}`}</title>
      <rect
        x={column * WIDE + GAP}
        y={top + GAP}
        width={WIDE - 2 * GAP}
        height={high - 2 * GAP}
        rx={3}
        className={styles.tile}
        style={{ fill: fillOf(tile) }}
      />
      <text
        x={column * WIDE + WIDE / 2}
        y={top + high / 2}
        className={styles.tileLabel}
        data-dark={sign === "class" && (shade ?? 0) >= DARK_FROM ? true : undefined}
        data-over={patterned ? true : undefined}
      >
        {label}
      </text>
    </g>
  );
}

function Key({ sign, shade, children }: Pick<Tile, "sign" | "shade"> & { children: string }) {
  return (
    <li>
      <svg viewBox="0 0 22 14" width={22} height={14} aria-hidden>
        <rect
          x={0.5}
          y={0.5}
          width={21}
          height={13}
          className={styles.tile}
          style={{ fill: fillOf({ sign, shade }) }}
        />
      </svg>
      {children}
    </li>
  );
}

/** The counties as tiles that lie as the counties do, and draw no border; the table below says the same. */
export function PublicTiles({ published, words }: { published: Published; words: PublicWords }) {
  const t = useTranslations("publicPage");
  const unit = useTranslations("common.unit")(words.unit);
  const { tiles, legend } = tilesOf(published.table, words);
  if (tiles.length === 0) return null;
  const right = Math.max(...tiles.map(({ column }) => column)) + 1;
  const bottom = Math.max(...tiles.map(({ row }) => row)) + 1;
  const left = Math.min(...tiles.map(({ column }) => column));
  const count = (sign: Tile["sign"]) => tiles.filter((tile) => tile.sign === sign).length;
  const box = [left * WIDE, 0, (right - left) * WIDE, bottom * HIGH].join(" ");
  return (
    <Card title={t("tiles")} note={t("tilesNote", { unit })}>
      <svg
        viewBox={box}
        className={styles.tiles}
        role="img"
        aria-label={t("tilesLabel", { count: tiles.length, hidden: count("hidden") })}
      >
        <Patterns />
        {tiles.map((tile) => (
          <TileMark key={tile.line} tile={tile} />
        ))}
      </svg>
      <ul className={styles.legend}>
        {legend.map(({ shade, from, to, count: of }) => (
          <Key key={shade} sign="class" shade={shade}>
            {t("range", { from, to, count: of })}
          </Key>
        ))}
        {(["zero", "none", "hidden", "unpriced"] as const)
          .filter((sign) => count(sign) > 0)
          .map((sign) => (
            <Key key={sign} sign={sign} shade={null}>
              {t(`sign.${sign}`, { count: count(sign) })}
            </Key>
          ))}
      </ul>
    </Card>
  );
}

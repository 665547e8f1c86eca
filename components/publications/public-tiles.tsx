import { useTranslations } from "next-intl";
import { useId } from "react";
import { fillOf, Hatches, isDark, isHatched } from "@/components/map/hatches";
import { Card } from "@/components/ui/card";
import { tilesOf, type PublicWords, type Tile } from "@/lib/features/publications/present";
import type { Published } from "@/lib/features/publications/types";
import { PublicLegend } from "./public-legend";
import styles from "./publications.module.css";

const WIDE = 60;
const HIGH = 46;
const GAP = 2;
function TileMark({ tile, prefix }: { tile: Tile; prefix: string }) {
  const { column, row, half, label, said } = tile;
  const high = half === null ? HIGH : HIGH / 2;
  const top = row * HIGH + (half === 1 ? HIGH / 2 : 0);
  return (
    <g>
      <title>{said}</title>
      <rect
        x={column * WIDE + GAP}
        y={top + GAP}
        width={WIDE - 2 * GAP}
        height={high - 2 * GAP}
        rx={3}
        className={styles.tile}
        style={{ fill: fillOf(tile, prefix) }}
      />
      <text
        x={column * WIDE + WIDE / 2}
        y={top + high / 2}
        className={styles.tileLabel}
        data-dark={isDark(tile) || undefined}
        data-over={isHatched(tile) || undefined}
      >
        {label}
      </text>
    </g>
  );
}

/** The counties as tiles that lie as the counties do, and draw no border; the table below says the same. */
export function PublicTiles({ published, words }: { published: Published; words: PublicWords }) {
  const t = useTranslations("publicPage");
  const unit = useTranslations("common.unit")(words.unit);
  const prefix = useId();
  const { tiles, legend } = tilesOf(published.table, words);
  if (tiles.length === 0) return null;
  const right = Math.max(...tiles.map(({ column }) => column)) + 1;
  const bottom = Math.max(...tiles.map(({ row }) => row)) + 1;
  const left = Math.min(...tiles.map(({ column }) => column));
  const hidden = tiles.filter(({ sign }) => sign === "hidden").length;
  const box = [left * WIDE, 0, (right - left) * WIDE, bottom * HIGH].join(" ");
  return (
    <Card title={t("tiles")} note={t("tilesNote", { unit })}>
      <svg
        viewBox={box}
        className={styles.tiles}
        role="img"
        aria-label={t("tilesLabel", { count: tiles.length, hidden })}
      >
        <Hatches prefix={prefix} size={7} />
        {tiles.map((tile) => (
          <TileMark key={tile.line} tile={tile} prefix={prefix} />
        ))}
      </svg>
      <PublicLegend drawn={tiles} legend={legend} />
    </Card>
  );
}

/** What an area is painted with that no class holds; `size`: of one stroke to the next. */
export function Hatches({ prefix, size }: { prefix: string; size: number }) {
  const pattern = { width: size, height: size, patternUnits: "userSpaceOnUse" } as const;
  const line = { stroke: "#8a857a", strokeWidth: size / 7 };
  return (
    <defs>
      <pattern id={`${prefix}-unknown`} {...pattern} patternTransform="rotate(45)">
        <rect width={size} height={size} fill="#ffffff" />
        <line x1={size / 2} x2={size / 2} y1={0} y2={size} {...line} />
      </pattern>
      <pattern id={`${prefix}-unvalued`} {...pattern} patternTransform="rotate(45)">
        <rect width={size} height={size} fill="#ffffff" />
        <line x1={size / 2} x2={size / 2} y1={0} y2={size} {...line} />
        <line y1={size / 2} y2={size / 2} x1={0} x2={size} {...line} />
      </pattern>
      <pattern id={`${prefix}-hidden`} {...pattern} patternTransform="rotate(-45)">
        <rect width={size} height={size} fill="#ebe7dd" />
        <line x1={size / 2} x2={size / 2} y1={0} y2={size} {...line} />
      </pattern>
      <pattern id={`${prefix}-none`} {...pattern}>
        <rect width={size} height={size} fill="#ffffff" />
        <line y1={size / 2} y2={size / 2} x1={0} x2={size} {...line} />
      </pattern>
    </defs>
  );
}

const SHADES = ["#e4edf1", "#bfd3de", "#91b1c4", "#5f8aa5", "#2f5d7c"] as const;
const DARK_FROM = 3;

export type Look = {
  sign: "class" | "zero" | "nothing" | "unknown" | "unvalued" | "none" | "hidden";
  shade: number | null;
};

export function fillOf({ sign, shade }: Look, prefix: string): string {
  if (sign === "class") return SHADES[shade ?? 0] ?? SHADES[0];
  if (sign === "nothing") return "#f1eee7";
  return sign === "zero" ? "#ffffff" : `url(#${prefix}-${sign})`;
}

/** A name on a dark shade is light. */
export const isDark = ({ sign, shade }: Look): boolean =>
  sign === "class" && (shade ?? 0) >= DARK_FROM;

/** Over strokes a name stands on white. */
export const isHatched = ({ sign }: Look): boolean =>
  sign !== "class" && sign !== "zero" && sign !== "nothing";

import { useTranslations } from "next-intl";
import { LegendKey } from "@/components/map/legend-key";
import type { Painted } from "@/lib/features/publications/present";
import styles from "./publications.module.css";

type Step = { shade: number; from: string; to: string; count: number };
type Props = { drawn: readonly Painted[]; legend: readonly Step[] };

/** What the shades and signs of tiles or map say, and of how many counties. */
export function PublicLegend({ drawn, legend }: Props) {
  const t = useTranslations("publicPage");
  const count = (sign: Painted["sign"]) => drawn.filter((one) => one.sign === sign).length;
  return (
    <ul className={styles.legend}>
      {legend.map(({ shade, from, to, count: of }) => (
        <li key={shade}>
          <LegendKey sign="class" shade={shade} />
          {t(from === to ? "single" : "range", { from, to, count: of })}
        </li>
      ))}
      {(["zero", "nothing", "hidden", "unvalued"] as const)
        .filter((sign) => count(sign) > 0)
        .map((sign) => (
          <li key={sign}>
            <LegendKey sign={sign} shade={null} />
            {t(`sign.${sign}`, { count: count(sign) })}
          </li>
        ))}
    </ul>
  );
}

import { useTranslations } from "next-intl";
import { OUTLINES } from "@/components/map/shape-layers";
import { ShapeMap } from "@/components/map/shape-map";
import { Card } from "@/components/ui/card";
import { areasOf, type PublicWords } from "@/lib/features/publications/present";
import type { Published } from "@/lib/features/publications/types";
import { PublicLegend } from "./public-legend";
import styles from "./publications.module.css";

/** Too small on a map of the whole province to be told apart. */
const URBAN = ["630102", "630103", "630104", "630105"];

type Props = { published: Published; words: PublicWords; review: string };

/** The counties in their outlines, under the number that these were approved with; the table below says the same. */
export function PublicMap({ published, words, review }: Props) {
  const t = useTranslations("publicPage");
  const unit = useTranslations("common.unit")(words.unit);
  const { areas, legend, together } = areasOf(published.table, OUTLINES, words);
  if (areas.length === 0) return null;
  const hidden = areas.filter(({ sign }) => sign === "hidden").length;
  return (
    <Card title={t("tiles")} note={t("mapNote", { unit })}>
      <ShapeMap
        areas={areas}
        inset={{ keys: URBAN, title: t("mapInset") }}
        label={t("mapLabel", { count: areas.length, hidden })}
      />
      <p className={styles.review}>
        {t("mapReview", { number: review })} {t("mapSource")}
      </p>
      <PublicLegend drawn={areas} legend={legend} />
      {together.map((names) => (
        <p key={names} className={styles.review}>
          {t("mapTogether", { names })}
        </p>
      ))}
    </Card>
  );
}

import { useTranslations } from "next-intl";
import { FigureTable } from "@/components/table/figure-table";
import { Card } from "@/components/ui/card";
import { DATA_KINDS, dataHref } from "@/lib/features/publications/address";
import { DATA_FIELDS } from "@/lib/features/publications/present";
import type { Published } from "@/lib/features/publications/types";
import styles from "./publications.module.css";

/** The files, what may be done with them, and what their fields mean. */
export function OpenData({ published: { year, table } }: { published: Published }) {
  const t = useTranslations("publicPage");
  return (
    <Card title={t("data")} note={t("licence", { licence: table.licence })}>
      <p className={styles.files}>
        {DATA_KINDS.map((kind) => (
          <a key={kind} href={dataHref(year, kind)} download>
            {`${String(year)}.${kind}`}
          </a>
        ))}
      </p>
      <details className={styles.dictionary}>
        <summary>{t("dictionary")}</summary>
        <FigureTable
          caption={t("dictionary")}
          columns={[
            { id: "field", header: t("field"), width: "9em" },
            { id: "title", header: t("fieldTitle"), width: "7em" },
            { id: "meaning", header: t("meaning"), width: "16em" },
          ]}
          rows={DATA_FIELDS.map((field) => ({
            key: field,
            cells: [field, t(`fields.${field}.title`), t(`fields.${field}.meaning`)],
          }))}
        />
      </details>
    </Card>
  );
}

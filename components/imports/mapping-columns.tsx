import { useLocale, useTranslations } from "next-intl";
import { Select, type SelectOption } from "@/components/form/select";
import type { ImportView, MapImportInput } from "@/lib/features/imports/schema";
import { OWN_COLUMNS } from "@/lib/features/imports/types";
import { headingOf, isMoney } from "@/lib/features/rows/labels";
import { rowColumns, type RowColumn } from "@/lib/features/rows/types";
import type { Locale } from "@/lib/kernel/preferences";
import styles from "./imports.module.css";

/** A foreign table seldom has more; a mapping that was kept may. */
const SOURCES = 6;

function useColumnOptions(): SelectOption[] {
  const t = useTranslations("imports.mapping");
  const locale = useLocale() as Locale;
  return [
    ...rowColumns(SOURCES).map((column) => ({ value: column, label: headingOf(column, locale) })),
    ...OWN_COLUMNS.map((column) => ({ value: column, label: t(`own.${column}`) })),
  ];
}

export type HeldColumns = Pick<MapImportInput, "columns" | "units">;

/** What each head stands for, and in which unit its amounts are. */
export function MappingColumns({
  headers,
  held,
  hold,
}: Pick<ImportView, "headers"> & { held: HeldColumns; hold: (held: HeldColumns) => void }) {
  const t = useTranslations("imports.mapping");
  const options = useColumnOptions();
  const change = <K extends keyof HeldColumns>(
    name: K,
    at: number,
    value: HeldColumns[K][number],
  ) =>
    // prettier-ignore
    hold({ ...held, [name]: held[name].map((one, index) => (index === at ? value : one)) });
  const shown = headers.flatMap((header, at) => (header === "" && !held.columns[at] ? [] : [{ header, at }])); // prettier-ignore
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <caption className={styles.caption}>{t("title")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("header")}</th>
            <th scope="col">{t("column")}</th>
            <th scope="col">{t("unit")}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ header, at }) => {
            const column = held.columns[at] ?? "";
            const known = options.some(({ value }) => value === column);
            return (
              <tr key={at}>
                <th scope="row">{header === "" ? "—" : header}</th>
                <td data-label={t("column")}>
                  <Select
                    aria-label={t("columnOf", { header })}
                    placeholder={t("none")}
                    value={column}
                    options={column !== "" && !known ? [...options, { value: column, label: column }] : options} // prettier-ignore
                    onChange={(event) => change("columns", at, event.target.value || null)}
                  />
                </td>
                <td data-label={t("unit")}>
                  {column !== "" && known && isMoney(column as RowColumn) ? (
                    <Select
                      aria-label={t("unitOf", { header })}
                      value={held.units[at] ?? "yuan"}
                      options={[
                        { value: "yuan", label: t("yuan") },
                        { value: "wan", label: t("wan") },
                      ]}
                      onChange={(event) =>
                        change("units", at, event.target.value === "wan" ? "wan" : "yuan")
                      }
                    />
                  ) : (
                    "—"
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

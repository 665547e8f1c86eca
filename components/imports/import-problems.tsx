import { useLocale, useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { headingOf } from "@/lib/features/rows/labels";
import { rowColumns, MOST_SOURCES, type RowColumn } from "@/lib/features/rows/types";
import type { ImportProblem, ImportView } from "@/lib/features/imports/schema";
import type { Locale } from "@/lib/kernel/preferences";
import { wholeText } from "@/lib/kernel/written";
import styles from "./imports.module.css";

const KNOWN = new Set<string>(rowColumns(MOST_SOURCES));

/** As the table calls it; what it has no column for, as a template does. */
function useColumnWord() {
  const locale = useLocale() as Locale;
  return ({ header, column }: Pick<ImportProblem, "header" | "column">): string => {
    if (header) return header;
    return column !== null && KNOWN.has(column) ? headingOf(column as RowColumn, locale) : "—";
  };
}

export function ProblemGroups({ groups }: { groups: ImportView["groups"] }) {
  const t = useTranslations("imports.groups");
  const word = useColumnWord();
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <caption className={styles.caption}>{t("caption")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("column")}</th>
            <th scope="col">{t("problem")}</th>
            <th scope="col">{t("rows")}</th>
          </tr>
        </thead>
        <tbody>
          {groups.map((group, index) => (
            <tr key={index}>
              <th scope="row">{word(group)}</th>
              <td>
                {group.message} {!group.blocks && <Badge>{t("soft")}</Badge>}
              </td>
              <td className={styles.number}>{wholeText(group.rows)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export function ProblemList({ problems }: { problems: readonly ImportProblem[] }) {
  const t = useTranslations("imports.problems");
  const word = useColumnWord();
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <caption className={styles.caption}>{t("caption")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("cell")}</th>
            <th scope="col">{t("header")}</th>
            <th scope="col">{t("text")}</th>
            <th scope="col">{t("message")}</th>
          </tr>
        </thead>
        <tbody>
          {problems.map((problem, index) => (
            <tr key={index}>
              <th scope="row" className={styles.number}>
                {problem.cell ?? t("row", { row: problem.row })}
              </th>
              <td>{word(problem)}</td>
              <td className={styles.written}>{problem.text === "" ? "—" : problem.text}</td>
              <td>
                {problem.message} {!problem.blocks && <Badge>{t("soft")}</Badge>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

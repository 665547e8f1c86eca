import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { AppLink } from "@/components/ui/app-link";
import { Badge } from "@/components/ui/badge";
import { LinkButton } from "@/components/ui/link-button";
import { importHref } from "@/lib/features/imports/address";
import type { ImportProblem, ImportView } from "@/lib/features/imports/schema";
import { headingOf } from "@/lib/features/rows/labels";
import { rowColumns, MOST_SOURCES, type RowColumn } from "@/lib/features/rows/types";
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

type Line = { key: string; head: ReactNode; cells: ReactNode[] };

/** A small table of what is to be said of a file, a line each. */
export function ProblemTable({
  caption,
  heads,
  rows,
}: {
  caption: string;
  heads: readonly string[];
  rows: readonly Line[];
}) {
  return (
    <div className={styles.bounded} tabIndex={0} role="region" aria-label={caption}>
      <table className={styles.table}>
        <caption className={styles.caption}>{caption}</caption>
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, head, cells }) => (
            <tr key={key}>
              <th scope="row">{head}</th>
              {cells.map((cell, at) => (
                <td key={heads[at + 1]} data-label={heads[at + 1]}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Which problems the list is narrowed to. */
export type ShownProblems = { code: string | undefined; column: string | undefined };

/** Each kind of problem once, with how many rows have it; it leads to those alone. */
export function ProblemGroups({
  id,
  groups,
  shown,
}: Pick<ImportView, "id" | "groups"> & { shown: ShownProblems }) {
  const t = useTranslations("imports.groups");
  const word = useColumnWord();
  return (
    <ProblemTable
      caption={t("caption")}
      heads={[t("column"), t("problem"), t("rows")]}
      rows={groups.map((group) => {
        const { code, column, message, blocks, rows } = group;
        const isShown = code === shown.code && (column ?? undefined) === shown.column;
        return {
          key: `${column}:${group.header}:${code}:${blocks}`,
          head: word(group),
          cells: [
            <>
              {message} {!blocks && <Badge>{t("soft")}</Badge>}
            </>,
            <AppLink
              key="rows"
              className={styles.number}
              href={importHref(id, { code, column: column ?? undefined })}
              aria-current={isShown || undefined}
              aria-label={t("show", { column: word(group), rows })}
            >
              {wholeText(rows)}
            </AppLink>,
          ],
        };
      })}
    />
  );
}

export function ProblemList({
  id,
  problems,
  shown,
}: Pick<ImportView, "id" | "problems"> & { shown: ShownProblems }) {
  const t = useTranslations("imports.problems");
  const word = useColumnWord();
  return (
    <>
      {shown.code !== undefined && (
        <div className={styles.row}>
          <span>{t("narrowed")}</span>
          <LinkButton href={importHref(id)} size="small">
            {t("all")}
          </LinkButton>
        </div>
      )}
      <ProblemTable
        caption={t("caption")}
        heads={[t("cell"), t("header"), t("text"), t("message")]}
        rows={problems.map((problem, index) => ({
          key: String(index),
          head: <span className={styles.number}>{problem.cell ?? t("row", { row: problem.row })}</span>, // prettier-ignore
          cells: [
            word(problem),
            <span key="text" className={styles.written}>{problem.text === "" ? "—" : problem.text}</span>, // prettier-ignore
            <>
              {problem.message} {!problem.blocks && <Badge>{t("soft")}</Badge>}
            </>,
          ],
        }))}
      />
    </>
  );
}

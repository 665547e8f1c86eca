"use client";

import { EyeOff } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { REVEALED_FIELDS } from "@/lib/features/reveals/labels";
import type { RevealedLine } from "@/lib/features/reveals/types";
import styles from "./reveals.module.css";

/** So many are drawn at once: ten thousand would keep a browser busy for most of the time that they are shown. */
const PAGE = 200;

type ShownProps = {
  title: string;
  note: string;
  lines: readonly RevealedLine[];
  /** Seconds for which they are shown yet. */
  left: number;
  forget: () => void;
};

/** What was revealed, until its time is over or somebody has seen enough. */
export function ShownLines({ title, note, lines, left, forget }: ShownProps) {
  const t = useTranslations("reveals");
  return (
    <Card
      className="no-print"
      title={title}
      note={note}
      actions={
        <Button icon={<EyeOff size={16} aria-hidden />} onClick={forget}>
          {t("shown.mask", { left })}
        </Button>
      }
    >
      <RevealedLines lines={lines} />
    </Card>
  );
}

/** Lines as they were typed, a page at a time. */
function RevealedLines({ lines }: { lines: readonly RevealedLine[] }) {
  const t = useTranslations("reveals");
  const [from, setFrom] = useState(0);
  const fields = REVEALED_FIELDS.filter((field) =>
    lines.some(({ values }) => values[field] !== undefined),
  );
  const to = Math.min(lines.length, from + PAGE);
  return (
    <>
      {lines.length > PAGE && (
        <nav className={styles.pages} aria-label={t("shown.pages")}>
          <Button size="small" disabled={from === 0} onClick={() => setFrom(from - PAGE)}>
            {t("shown.before")}
          </Button>
          <span aria-live="polite">
            {t("shown.part", { from: from + 1, to, all: lines.length })}
          </span>
          <Button size="small" disabled={to === lines.length} onClick={() => setFrom(to)}>
            {t("shown.after")}
          </Button>
        </nav>
      )}
      <div className={styles.frame} tabIndex={0} role="region" aria-label={t("shown.title")}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t("column.no")}</th>
              {fields.map((field) => (
                <th key={field} scope="col">
                  {t(`field.${field}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {lines.slice(from, to).map(({ no, values, unreadable }) => (
              <tr key={no}>
                <th scope="row">{no}</th>
                {fields.map((field) => (
                  <td key={field}>{values[field] ?? (unreadable ? t("shown.noKey") : "")}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

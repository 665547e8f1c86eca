"use client";

import { useTranslations } from "next-intl";
import type { Route } from "next";
import Link from "next/link";
import { useEffect, useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Callout } from "@/components/ui/callout";
import { householdHref } from "@/lib/features/households/address";
import { getRosterFiles } from "@/lib/features/households/client";
import type { RosterLine } from "@/lib/features/rosters/types";
import { formatFen } from "@/lib/kernel/money";
import { PAGE_LINES, RosterPages } from "./roster-pages";
import styles from "./rosters.module.css";

const TONES = {
  pending: "neutral",
  paid: "success",
  returned: "danger",
  reissued: "info",
} as const;
const SHOWN = ["name", "idNumber", "phone", "payee", "account", "note"] as const;

function PaymentCell({ payment }: Pick<RosterLine, "payment">) {
  const t = useTranslations("payments");
  if (!payment) return null;
  const { state, reason } = payment;
  return (
    <Badge tone={TONES[state]}>
      {t(`state.${state}`)}
      {reason && ` ${t(`reason.${reason}`)}`}
    </Badge>
  );
}

type OfLine = { id: string; code: string };

/** Whose household file a line is of, where this reader works beside it too. A roster without them is a roster. */
function useFiles(record: string): ReadonlyMap<number, OfLine> {
  const [files, setFiles] = useState<ReadonlyMap<number, OfLine>>(new Map());
  useEffect(() => {
    const leaving = new AbortController();
    getRosterFiles(record, leaving.signal).then(
      ({ items }) => setFiles(new Map(items.map(({ no, ...file }) => [no, file]))),
      () => undefined,
    );
    return () => leaving.abort();
  }, [record]);
  return files;
}

function FileCell({ file }: { file: OfLine | undefined }) {
  return <td>{file && <Link href={householdHref(file.id) as Route}>{file.code}</Link>}</td>;
}

/** The lines as this reader may see them. A column in which nobody has anything is left out. */
export function RosterLines({ record, lines }: { record: string; lines: readonly RosterLine[] }) {
  const t = useTranslations("rosters");
  const [page, setPage] = useState(0);
  const files = useFiles(record);
  const columns = SHOWN.filter(
    (column) => column === "name" || lines.some((line) => line[column] !== null),
  );
  const has = (count: "packs" | "households") => lines.some((line) => line[count] !== null);
  const paid = lines.some(({ payment }) => payment !== null);
  const missing = (line: RosterLine, column: string) => {
    if (line.forgotten) return column === "name" ? t("forgotten") : "";
    return line.unreadable ? t("noKey") : "";
  };
  const shown = lines.slice(page * PAGE_LINES, (page + 1) * PAGE_LINES);
  return (
    <div className="stack">
      <p className={styles.quiet}>{t("masked")}</p>
      {lines.some(({ unreadable }) => unreadable) && (
        <Callout tone="warning">{t("unreadable")}</Callout>
      )}
      <div className={styles.frame} tabIndex={0} role="region" aria-label={t("title")}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col" className={styles.no}>
                {t("column.no")}
              </th>
              {columns.map((column) => (
                <th key={column} scope="col">
                  {t(`column.${column}`)}
                </th>
              ))}
              <th scope="col" className={styles.number}>
                {t("column.amount")}
              </th>
              {paid && <th scope="col">{t("column.payment")}</th>}
              {has("packs") && (
                <th scope="col" className={styles.number}>
                  {t("column.packs")}
                </th>
              )}
              <th scope="col" className={styles.number}>
                {t("column.persons")}
              </th>
              {has("households") && (
                <th scope="col" className={styles.number}>
                  {t("column.households")}
                </th>
              )}
              {files.size > 0 && <th scope="col">{t("column.file")}</th>}
            </tr>
          </thead>
          <tbody>
            {shown.map((line) => (
              <tr key={line.no}>
                <td className={styles.no}>{line.no}</td>
                {columns.map((column) => (
                  <td key={column}>{line[column] ?? missing(line, column)}</td>
                ))}
                <td className={styles.number}>
                  {line.amountFen === null ? "" : formatFen(BigInt(line.amountFen))}
                </td>
                {paid && (
                  <td>
                    <PaymentCell payment={line.payment} />
                  </td>
                )}
                {has("packs") && <td className={styles.number}>{line.packs}</td>}
                <td className={styles.number}>{line.persons}</td>
                {has("households") && <td className={styles.number}>{line.households}</td>}
                {files.size > 0 && <FileCell file={files.get(line.no)} />}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <RosterPages page={page} total={lines.length} onPage={setPage} />
    </div>
  );
}

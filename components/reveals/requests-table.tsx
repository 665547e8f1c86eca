"use client";

import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import type { DataColumn } from "@/components/table/columns";
import { DataTable } from "@/components/table/data-table";
import { AppLink } from "@/components/ui/app-link";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { later } from "@/components/ui/later";
import { nameOf } from "@/lib/features/reference/present";
import { GRANTED_SECONDS, type RequestAction } from "@/lib/features/reveals/labels";
import type { RevealedLine, RevealRequest } from "@/lib/features/reveals/types";
import type { Locale } from "@/lib/kernel/preferences";
import { momentText, wholeText } from "@/lib/kernel/written";
import { ShownLines } from "./revealed-lines";
import styles from "./reveals.module.css";
import { useRevealed } from "./use-revealed";

const DecideDialog = later(() => import("./decide-dialog").then((part) => part.DecideDialog));

const TONE = { pending: "warning", granted: "success", shown: "neutral", declined: "neutral", withdrawn: "neutral", lapsed: "neutral" } as const; // prettier-ignore

type Deciding = { request: RevealRequest; action: RequestAction };

function useColumns(decide: (what: Deciding) => void): DataColumn<RevealRequest>[] {
  const t = useTranslations("reveals");
  const locale = useLocale() as Locale;
  const list = (words: readonly string[]) => words.join(locale === "en" ? ", " : "、");
  return [
    {
      id: "record",
      header: t("request.column.record"),
      hideable: false,
      cell: ({ record, reference }) => (
        <AppLink className="nowrap" href={`/disbursements/${record}/roster`}>
          {reference}
        </AppLink>
      ),
    },
    {
      id: "lines",
      header: t("request.column.lines"),
      align: "end",
      cell: ({ lines }) => wholeText(lines),
    },
    {
      id: "fields",
      header: t("column.fields"),
      cell: ({ fields }) => list(fields.map((field) => t(`field.${field}`))),
    },
    {
      id: "reason",
      header: t("column.reasons"),
      cell: ({ reason, words }) => (
        <>
          {t(`reason.${reason}`)}
          {words && <span className={styles.words}>{words}</span>}
        </>
      ),
    },
    {
      id: "asked",
      header: t("request.column.asked"),
      cell: ({ requestedBy, requestedAt }) =>
        t("request.by", { name: nameOf(requestedBy, locale), at: momentText(requestedAt) }),
    },
    {
      id: "state",
      header: t("request.column.state"),
      cell: ({ state, decidedBy, decidedAt, until }) => (
        <>
          <Badge tone={TONE[state]}>{t(`request.state.${state}`)}</Badge>
          {decidedBy && decidedAt && (
            <span className={styles.words}>
              {t("request.by", { name: nameOf(decidedBy, locale), at: momentText(decidedAt) })}
            </span>
          )}
          {until && (
            <span className={styles.words}>{t("request.until", { at: momentText(until) })}</span>
          )}
        </>
      ),
    },
    {
      id: "actions",
      header: t("request.column.actions"),
      hideable: false,
      cell: (request) => (
        <span className={styles.ways}>
          {request.actions.map((action) => (
            <Button
              key={action}
              size="small"
              variant={action === "grant" || action === "show" ? "primary" : "secondary"}
              onClick={() => decide({ request, action })}
            >
              {t(`request.${action}`)}
            </Button>
          ))}
        </span>
      ),
    },
  ];
}

type Shown = { reference: string; lines: RevealedLine[] };

/** What was asked for, and what this reader may do about it; what was granted is shown above, to whoever asked. */
export function RequestsTable({ items }: { items: RevealRequest[] }) {
  const t = useTranslations("reveals");
  const [deciding, setDeciding] = useState<Deciding | null>(null);
  const { revealed, left, show, forget } = useRevealed<Shown>(GRANTED_SECONDS);
  const columns = useColumns(setDeciding);
  return (
    <>
      {revealed && (
        <ShownLines
          title={t("request.shown", { reference: revealed.reference })}
          note={t("request.shownNote")}
          lines={revealed.lines}
          left={left}
          forget={forget}
        />
      )}
      <DataTable
        id="reveal-requests"
        caption={t("request.caption")}
        columns={columns}
        rows={items}
        rowId={({ id }) => id}
        rowName={({ reference, requestedBy }) => `${reference} ${requestedBy.nameZh}`}
        empty={<EmptyState title={t("request.empty")}>{t("request.emptyHint")}</EmptyState>}
      />
      {deciding && (
        <DecideDialog
          {...deciding}
          onClose={() => setDeciding(null)}
          onShown={(lines) => show({ reference: deciding.request.reference, lines })}
        />
      )}
    </>
  );
}

"use client";

import { useLocale, useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { ReturnDialog } from "@/components/disbursements/return-and-void";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { namesOf } from "@/lib/features/reference/present";
import type { QueueItem, ReviewView } from "@/lib/features/review/types";
import { mayPassTogether } from "@/lib/features/review/rules";
import type { Locale } from "@/lib/kernel/preferences";
import { BulkBar } from "./bulk-bar";
import { DetailSheet } from "./detail-sheet";
import { BulkDialog } from "./bulk-dialog";
import { QueueRow } from "./queue-row";
import { useQueue } from "./use-queue";
import { focusRow, useQueueKeys } from "./use-queue-keys";
import styles from "./review-page.module.css";

const KEYS = ["J", "K", "Enter", "A", "R"] as const;

/** The keys of the queue, where there is a keyboard. */
function KeyLegend() {
  const t = useTranslations("review.keys");
  return (
    <ul className={styles.keys} aria-label={t("label")}>
      {KEYS.map((key) => (
        <li key={key}>
          <kbd>{key}</kbd> {t(key)}
        </li>
      ))}
    </ul>
  );
}

export function ReviewPage({ view }: { view: ReviewView }) {
  const t = useTranslations("review");
  const locale = useLocale() as Locale;
  const { reference, queue, unit } = view;
  const names = useMemo(() => namesOf(reference, locale), [reference, locale]);
  const q = useQueue(queue.items);
  const [open, setOpen] = useState<QueueItem | null>(null);
  const [returning, setReturning] = useState<QueueItem | null>(null);
  const [passing, setPassing] = useState(false);
  const clean = q.waiting.filter(mayPassTogether);

  const mayAct = (item: QueueItem) => q.waiting.includes(item) && !q.command.busy;

  function startReturn(item: QueueItem) {
    if (!mayAct(item)) return;
    q.command.clear();
    setReturning(item);
  }

  /** On to the next that waits, so that the hands stay where they are. */
  function goOn(item: QueueItem) {
    const after = q.shown.slice(q.shown.indexOf(item) + 1);
    focusRow(after.find((one) => q.waiting.includes(one)) ?? item);
  }

  /** A clean one passes, with some seconds to take it back; what was found is looked at first. */
  function startApproval(item: QueueItem) {
    if (!mayAct(item)) return;
    if (!mayPassTogether(item)) {
      setOpen(item);
      return;
    }
    q.hold(item);
    goOn(item);
  }

  useQueueKeys({
    shown: q.shown,
    off: open !== null || returning !== null || passing,
    onOpen: setOpen,
    onApprove: startApproval,
    onReturn: startReturn,
  });

  return (
    <div className="stack">
      <PageHeader
        title={t("title")}
        lead={
          queue.total === 0
            ? t("leadEmpty")
            : t("lead", { total: queue.total, more: String(queue.more) })
        }
      />
      {q.shown.length === 0 ? (
        <EmptyState
          title={t("empty.title")}
          action={<LinkButton href="/ledger">{t("empty.action")}</LinkButton>}
        >
          {t("empty.body")}
        </EmptyState>
      ) : (
        <ol className={styles.queue} aria-label={t("title")}>
          {q.shown.map((item) => (
            <QueueRow
              key={item.record.id}
              item={item}
              names={names}
              reference={reference}
              unit={unit}
              busy={q.command.busy}
              result={q.resultOf(item)}
              held={q.isHeld(item)}
              selectable={mayPassTogether(item)}
              selected={q.selected.includes(item.record.id)}
              onSelect={(on) =>
                q.setSelected((known) =>
                  on ? [...known, item.record.id] : known.filter((id) => id !== item.record.id),
                )
              }
              onOpen={() => setOpen(item)}
              onApprove={() => startApproval(item)}
              onUndo={() => {
                q.undo(item);
                focusRow(item);
              }}
              onReturn={() => startReturn(item)}
            />
          ))}
        </ol>
      )}
      {q.waiting.length > 0 && <KeyLegend />}
      <p className={styles.footnote}>
        {t("footnote")}
        {queue.total > queue.items.length &&
          t("cut", {
            shown: queue.items.length,
            total: queue.total,
            more: String(queue.more),
          })}
      </p>
      {clean.length > 0 && (
        <BulkBar
          clean={clean}
          chosen={q.chosen}
          unit={unit}
          busy={q.command.busy}
          onSelectAll={() => q.setSelected(clean.map(({ record }) => record.id))}
          onClear={() => q.setSelected([])}
          onApprove={() => setPassing(true)}
        />
      )}
      {passing && (
        <BulkDialog
          chosen={q.chosen}
          names={names}
          command={q.command}
          onClose={() => setPassing(false)}
          onConfirm={() => {
            setPassing(false);
            void q.approve(q.chosen);
          }}
        />
      )}
      {returning && (
        <ReturnDialog
          reference={returning.record.reference}
          command={q.command}
          onClose={() => setReturning(null)}
          onConfirm={(given) =>
            void q.returnRecord(returning, given).then((sent) => {
              if (!sent) return;
              setReturning(null);
              goOn(returning);
            })
          }
        />
      )}
      {open !== null && (
        <DetailSheet
          item={open}
          reference={reference}
          unit={unit}
          busy={q.command.busy}
          onClose={() => setOpen(null)}
          onApprove={() => {
            setOpen(null);
            void q.approve([open]);
            goOn(open);
          }}
          onReturn={() => {
            setOpen(null);
            startReturn(open);
          }}
        />
      )}
    </div>
  );
}

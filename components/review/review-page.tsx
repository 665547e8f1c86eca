"use client";

import { useLocale, useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useMemo, useState } from "react";
import { ReturnDialog } from "@/components/disbursements/return-and-void";
import { useRecordActions } from "@/components/disbursements/use-record-actions";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { useToast } from "@/components/ui/toast";
import { namesOf } from "@/lib/features/reference/present";
import type { Reference } from "@/lib/features/reference/types";
import type { QueueItem, ReviewQueue } from "@/lib/features/review/types";
import { mayPassTogether } from "@/lib/features/review/rules";
import type { MoneyUnit } from "@/lib/kernel/money";
import type { Locale } from "@/lib/kernel/preferences";
import { BulkBar } from "./bulk-bar";
import { DetailSheet } from "./detail-sheet";
import { QueueRow, type RowResult } from "./queue-row";
import styles from "./review-page.module.css";

export type ReviewPageView = { reference: Reference; queue: ReviewQueue; unit: MoneyUnit };

function useQueue(items: readonly QueueItem[]) {
  const t = useTranslations("review");
  const errors = useTranslations("errors.code");
  const router = useRouter();
  const toast = useToast();
  const actions = useRecordActions();
  const [selected, setSelected] = useState<readonly string[]>([]);
  const [results, setResults] = useState<Record<string, RowResult>>({});
  const waiting = items.filter(({ record }) => results[record.id]?.ok !== true);
  const chosen = waiting.filter((item) => selected.includes(item.record.id));

  const note = (id: string, result: RowResult) =>
    setResults((known) => ({ ...known, [id]: result }));

  /** One after the other; each has its own answer, and one refusal does not stop the rest. */
  async function approve(list: readonly QueueItem[]) {
    let passed = 0;
    for (const { record } of list) {
      const outcome = await actions.run(record, { verb: "approve", body: {} });
      if (outcome === null) return;
      if (outcome.ok) passed += 1;
      const twice = outcome.ok && outcome.record.status === "submitted";
      note(
        record.id,
        outcome.ok
          ? { ok: true, text: twice ? t("passedOn") : t("passed") }
          : { ok: false, text: errors(outcome.failure.code) },
      );
    }
    setSelected([]);
    if (passed > 0) toast(t("passedCount", { count: passed }));
    router.refresh();
  }

  return { actions, selected, setSelected, results, waiting, chosen, note, approve };
}

export function ReviewPage({ view }: { view: ReviewPageView }) {
  const t = useTranslations("review");
  const locale = useLocale() as Locale;
  const router = useRouter();
  const toast = useToast();
  const { reference, queue, unit } = view;
  const names = useMemo(() => namesOf(reference, locale), [reference, locale]);
  const q = useQueue(queue.items);
  const [open, setOpen] = useState<QueueItem | null>(null);
  const [returning, setReturning] = useState<QueueItem | null>(null);
  const clean = q.waiting.filter(mayPassTogether);

  function startReturn(item: QueueItem) {
    q.actions.forget();
    setReturning(item);
  }

  async function sendBack(item: QueueItem, body: Parameters<typeof asReturn>[0]) {
    const outcome = await q.actions.run(item.record, asReturn(body));
    if (!outcome?.ok) return;
    setReturning(null);
    q.note(item.record.id, { ok: true, text: t("returned") });
    toast(t("returnedOne", { reference: item.record.reference }));
    router.refresh();
  }

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
      {queue.items.length === 0 ? (
        <EmptyState
          title={t("empty.title")}
          action={<LinkButton href="/ledger">{t("empty.action")}</LinkButton>}
        >
          {t("empty.body")}
        </EmptyState>
      ) : (
        <ol className={styles.queue} aria-label={t("title")}>
          {queue.items.map((item) => (
            <QueueRow
              key={item.record.id}
              item={item}
              names={names}
              reference={reference}
              unit={unit}
              busy={q.actions.busy}
              result={q.results[item.record.id]}
              selectable={mayPassTogether(item)}
              selected={q.selected.includes(item.record.id)}
              onSelect={(on) =>
                q.setSelected((known) =>
                  on ? [...known, item.record.id] : known.filter((id) => id !== item.record.id),
                )
              }
              onOpen={() => setOpen(item)}
              onApprove={() => void q.approve([item])}
              onReturn={() => startReturn(item)}
            />
          ))}
        </ol>
      )}
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
          busy={q.actions.busy}
          onSelectAll={() => q.setSelected(clean.map(({ record }) => record.id))}
          onClear={() => q.setSelected([])}
          onApprove={() => void q.approve(q.chosen)}
        />
      )}
      {returning && (
        <ReturnDialog
          reference={returning.record.reference}
          busy={q.actions.busy}
          failure={q.actions.failure}
          onClose={() => setReturning(null)}
          onConfirm={(body) => void sendBack(returning, body)}
        />
      )}
      {open !== null && (
        <DetailSheet
          item={open}
          reference={reference}
          unit={unit}
          busy={q.actions.busy}
          onClose={() => setOpen(null)}
          onApprove={() => {
            setOpen(null);
            void q.approve([open]);
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

type ReturnBody = Extract<
  Parameters<ReturnType<typeof useRecordActions>["run"]>[1],
  { verb: "return" }
>;

function asReturn(body: ReturnBody["body"]): ReturnBody {
  return { verb: "return", body };
}

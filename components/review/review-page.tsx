"use client";

import { useLocale, useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useMemo, useState } from "react";
import { useCommand } from "@/components/command/use-command";
import { ReturnDialog } from "@/components/disbursements/return-and-void";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { useToast } from "@/components/ui/toast";
import { failureOf, isDecided, type Failure } from "@/lib/browser/api-client";
import { approveDisbursement, returnDisbursement } from "@/lib/features/steps/client";
import type { ReturnReason } from "@/lib/kernel/record-codes";
import { namesOf } from "@/lib/features/reference/present";
import type { QueueItem, ReviewView } from "@/lib/features/review/types";
import { mayPassTogether } from "@/lib/features/review/rules";
import type { Locale } from "@/lib/kernel/preferences";
import { BulkBar } from "./bulk-bar";
import { DetailSheet } from "./detail-sheet";
import { QueueRow, type RowResult } from "./queue-row";
import styles from "./review-page.module.css";

function useQueue(items: readonly QueueItem[]) {
  const t = useTranslations("review");
  const errors = useTranslations("errors.code");
  const router = useRouter();
  const toast = useToast();
  const command = useCommand();
  const [selected, setSelected] = useState<readonly string[]>([]);
  const [results, setResults] = useState<Record<string, RowResult>>({});
  const waiting = items.filter(({ record }) => results[record.id]?.ok !== true);
  const chosen = waiting.filter((item) => selected.includes(item.record.id));

  const note = (id: string, result: RowResult) =>
    setResults((known) => ({ ...known, [id]: result }));

  /** One after the other; each has its own answer, and one refusal does not stop the rest. */
  async function approve(list: readonly QueueItem[]) {
    const outcome = await command.run(async (send) => {
      const failures: Failure[] = [];
      for (const { record } of list) {
        const { id, version } = record;
        await send(approveDisbursement, { id, body: { version } }).then(
          ({ status }) =>
            note(id, { ok: true, text: t(status === "submitted" ? "passedOn" : "passed") }),
          (error: unknown) => {
            const failure = failureOf(error);
            failures.push(failure);
            note(id, { ok: false, text: errors(failure.code) });
          },
        );
      }
      return failures;
    });
    if (!outcome.ok) return;
    const failures = outcome.answer;
    const passed = list.length - failures.length;
    setSelected([]);
    if (passed > 0) toast(t("passedCount", { count: passed }));
    // Offline the page itself would be lost.
    if (passed > 0 || failures.some(isDecided)) router.refresh();
  }

  async function returnRecord(
    { record }: QueueItem,
    given: { reason: ReturnReason; words: string },
  ) {
    const { id, version, reference } = record;
    const body = { version, ...given };
    const outcome = await command.run((send) => send(returnDisbursement, { id, body }));
    if (!outcome.ok) return false;
    note(id, { ok: true, text: t("returned") });
    toast(t("returnedOne", { reference }));
    router.refresh();
    return true;
  }

  return { command, selected, setSelected, results, waiting, chosen, approve, returnRecord };
}

/** What a person handles is written in yuan, whatever unit the tables are in. */
const IN_HAND = "yuan";

export function ReviewPage({ view }: { view: ReviewView }) {
  const t = useTranslations("review");
  const locale = useLocale() as Locale;
  const { reference, queue } = view;
  const names = useMemo(() => namesOf(reference, locale), [reference, locale]);
  const q = useQueue(queue.items);
  const [open, setOpen] = useState<QueueItem | null>(null);
  const [returning, setReturning] = useState<QueueItem | null>(null);
  const clean = q.waiting.filter(mayPassTogether);

  function startReturn(item: QueueItem) {
    q.command.clear();
    setReturning(item);
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
              unit={IN_HAND}
              busy={q.command.busy}
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
          unit={IN_HAND}
          busy={q.command.busy}
          onSelectAll={() => q.setSelected(clean.map(({ record }) => record.id))}
          onClear={() => q.setSelected([])}
          onApprove={() => void q.approve(q.chosen)}
        />
      )}
      {returning && (
        <ReturnDialog
          reference={returning.record.reference}
          command={q.command}
          onClose={() => setReturning(null)}
          onConfirm={(given) =>
            void q.returnRecord(returning, given).then((sent) => sent && setReturning(null))
          }
        />
      )}
      {open !== null && (
        <DetailSheet
          item={open}
          reference={reference}
          unit={IN_HAND}
          busy={q.command.busy}
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

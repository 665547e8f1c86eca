"use client";

import { useLocale, useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { ReturnDialog } from "@/components/disbursements/return-and-void";
import { RequestsLink } from "@/components/reveals/requests-link";
import { Callout } from "@/components/ui/callout";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { namesOf, type Names } from "@/lib/features/reference/present";
import type { QueueItem, ReviewView } from "@/lib/features/review/types";
import { mayPassTogether } from "@/lib/features/review/rules";
import { momentText } from "@/lib/kernel/written";
import type { Locale } from "@/lib/kernel/preferences";
import { BulkBar } from "./bulk-bar";
import { DetailSheet } from "./detail-sheet";
import { BulkDialog } from "./bulk-dialog";
import { QueueRow } from "./queue-row";
import { useQueue } from "./use-queue";
import { focusRow, useQueueKeys } from "./use-queue-keys";
import styles from "./review-page.module.css";

/** What a person handles is written in yuan, whatever unit the tables are in. */
const IN_HAND = "yuan";

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

/** What is asked in a dialog over the queue. */
type Asking = { what: "open" | "return"; item: QueueItem } | { what: "bulk" };

function ReviewDialogs({
  q,
  names,
  view,
  asking,
  onClose,
  onReturn,
  goOn,
}: {
  q: ReturnType<typeof useQueue>;
  names: Names;
  view: ReviewView;
  asking: Asking | null;
  onClose: () => void;
  onReturn: (item: QueueItem) => void;
  goOn: (item: QueueItem) => void;
}) {
  const { command } = q;
  if (asking === null) return null;
  const approve = (list: readonly QueueItem[]) => {
    onClose();
    void q.approve(list);
  };
  if (asking.what === "bulk")
    return (
      <BulkDialog
        chosen={q.chosen}
        names={names}
        command={command}
        onClose={onClose}
        onConfirm={() => approve(q.chosen)}
      />
    );
  const { item } = asking;
  if (asking.what === "return")
    return (
      <ReturnDialog
        reference={item.record.reference}
        command={command}
        onClose={onClose}
        onConfirm={(given) =>
          void q.returnRecord(item, given).then((sent) => {
            if (!sent) return;
            onClose();
            goOn(item);
          })
        }
      />
    );
  return (
    <DetailSheet
      item={item}
      reference={view.reference}
      unit={IN_HAND}
      busy={command.busy}
      onClose={onClose}
      onApprove={() => {
        approve([item]);
        goOn(item);
      }}
      onReturn={() => onReturn(item)}
    />
  );
}

export function ReviewPage({ view }: { view: ReviewView }) {
  const t = useTranslations("review");
  const locale = useLocale() as Locale;
  const { reference, queue } = view;
  const names = useMemo(() => namesOf(reference, locale), [reference, locale]);
  const q = useQueue(queue.items);
  const [asking, setAsking] = useState<Asking | null>(null);
  const clean = q.waiting.filter(mayPassTogether);

  const mayAct = (item: QueueItem) => q.waiting.includes(item) && !q.command.busy;

  function startReturn(item: QueueItem) {
    if (!mayAct(item)) return;
    q.command.clear();
    setAsking({ what: "return", item });
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
      setAsking({ what: "open", item });
      return;
    }
    q.hold(item);
    goOn(item);
  }

  useQueueKeys({
    shown: q.shown,
    off: asking !== null,
    onOpen: (item) => setAsking({ what: "open", item }),
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
        actions={<RequestsLink count={view.revealsAsked} />}
      />
      {q.silentSince && (
        <Callout tone="warning" live>
          {t("silent", { at: momentText(q.silentSince.toISOString()).slice(11) })}
        </Callout>
      )}
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
              unit={IN_HAND}
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
              onOpen={() => setAsking({ what: "open", item })}
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
          unit={IN_HAND}
          busy={q.command.busy}
          onSelectAll={() => q.setSelected(clean.map(({ record }) => record.id))}
          onClear={() => q.setSelected([])}
          onApprove={() => setAsking({ what: "bulk" })}
        />
      )}
      <ReviewDialogs
        q={q}
        names={names}
        view={view}
        asking={asking}
        onClose={() => setAsking(null)}
        onReturn={startReturn}
        goOn={goOn}
      />
    </div>
  );
}

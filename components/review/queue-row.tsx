"use client";

import { Check, CircleAlert, CornerUpLeft, Undo2 } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { tellEarly } from "@/components/ui/early";
import { AmountView } from "@/components/disbursements/amount-view";
import { CountsView, WhenView } from "@/components/disbursements/facts";
import { FindingList } from "@/components/disbursements/finding-list";
import { RecordMarks } from "@/components/disbursements/status-badge";
import { Badge, SeasonTag, type Season } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { listText, momentText } from "@/lib/kernel/written";
import { nameOf, type Names } from "@/lib/features/reference/present";
import { shownFindings } from "@/lib/features/findings/present";
import type { Reference } from "@/lib/features/reference/types";
import type { QueueItem } from "@/lib/features/review/types";
import type { MoneyUnit } from "@/lib/kernel/money";
import type { Locale } from "@/lib/kernel/preferences";
import { QueueNotes } from "./queue-notes";
import type { RowResult } from "./use-queue";
import { rowIdOf } from "./use-queue-keys";
import styles from "./queue-row.module.css";

export type QueueRowProps = {
  item: QueueItem;
  names: Names;
  reference: Reference;
  unit: MoneyUnit;
  busy: boolean;
  result: RowResult | undefined;
  /** Approved, and not sent yet. */
  held: boolean;
  selectable: boolean;
  selected: boolean;
  onSelect: (on: boolean) => void;
  onOpen: () => void;
  onApprove: () => void;
  onUndo: () => void;
  onReturn: () => void;
};

function Facts({ item, names, reference, unit, onOpen }: QueueRowProps) {
  const t = useTranslations("review");
  const locale = useLocale() as Locale;
  const { record } = item;
  const programme = reference.programmes.find(({ code }) => code === record.programme);
  const season = (programme?.season ?? "other").toUpperCase() as Season;
  const sources = record.shares.map(({ fundSource }) => names.fundSource(fundSource));
  return (
    <div className={styles.facts}>
      <p className={styles.line}>
        <button type="button" className={styles.open} onClick={onOpen}>
          {names.organisation(record.organisation)}
        </button>
        <SeasonTag season={season}>{names.programme(record.programme)}</SeasonTag>
        {item.level === "PROVINCE" && <Badge tone="info">{t("awaitsProvince")}</Badge>}
        <RecordMarks row={record} />
      </p>
      <p className={styles.line}>
        <strong className={styles.amount}>
          <AmountView row={record} unit={unit} />
        </strong>
        <span>
          <CountsView counts={record.counts} mainUnit={programme?.mainUnit} />
        </span>
        <WhenView row={record} />
      </p>
      <p className={styles.quiet}>
        {listText(sources, locale)}
        {record.note && ` · ${record.note}`}
      </p>
      <p className={styles.quiet}>
        {t("submittedBy", {
          who: item.submittedBy ? nameOf(item.submittedBy, locale) : "—",
          at: record.submittedAt ? momentText(record.submittedAt) : "—",
          reference: record.reference,
        })}
      </p>
      <QueueNotes item={item} names={names} />
    </div>
  );
}

function Verdict({ item, result, held, busy, onApprove, onReturn, onUndo }: QueueRowProps) {
  const t = useTranslations("review");
  const { reference } = item.record;
  const hard = item.risk === 0;
  if (held)
    return (
      <div className={styles.held} role="status">
        <span>{t("willPass")}</span>
        <Button
          size="small"
          icon={<Undo2 aria-hidden />}
          aria-label={t("undoOne", { reference })}
          onClick={onUndo}
        >
          {t("undo")}
        </Button>
        <span className={styles.left} aria-hidden />
      </div>
    );
  if (result && result.state !== "failed")
    return (
      <p className={result.state === "done" ? styles.passed : styles.gone} role="status">
        {result.state === "done" && <Check size={16} aria-hidden />}
        {result.text}
      </p>
    );
  return (
    <>
      <Button
        size="small"
        icon={<Check aria-hidden />}
        disabled={busy || hard}
        aria-label={t("approveOne", { reference })}
        title={hard ? t("hardFirst") : undefined}
        onClick={onApprove}
      >
        {t("approve")}
      </Button>
      <Button
        size="small"
        icon={<CornerUpLeft aria-hidden />}
        disabled={busy}
        aria-label={t("returnOne", { reference })}
        onClick={onReturn}
      >
        {t("return")}
      </Button>
      {result && (
        <p className={styles.failed} role="alert">
          <CircleAlert size={16} aria-hidden />
          {result.text}
        </p>
      )}
    </>
  );
}

/** One record to judge: its facts, what the checks say, and what can be done without opening it. */
export function QueueRow(props: QueueRowProps) {
  const t = useTranslations("review");
  const labels = useTranslations("labels");
  const locale = useLocale() as Locale;
  const { item, names, result, held, busy, selectable, selected } = props;
  const findings = shownFindings(item.findings, { names, label: labels, locale });
  const over = held || (result !== undefined && result.state !== "failed");
  return (
    <li
      id={rowIdOf(item)}
      className={styles.row}
      data-done={over ? "" : undefined}
      tabIndex={-1}
      aria-label={item.record.reference}
    >
      <label className={styles.select} title={selectable ? undefined : t("notTogether")}>
        <input
          ref={tellEarly}
          type="checkbox"
          checked={selected}
          disabled={!selectable || busy || over}
          onChange={(event) => props.onSelect(event.target.checked)}
          aria-label={t("select", { reference: item.record.reference })}
        />
      </label>
      <Facts {...props} />
      <div className={styles.findings}>
        <FindingList findings={findings} empty={t("clean")} />
      </div>
      <div className={styles.actions}>
        <Verdict {...props} />
      </div>
    </li>
  );
}

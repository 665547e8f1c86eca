"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { later } from "@/components/ui/later";
import { getPayments } from "@/lib/features/payments/client";
import type { Payments } from "@/lib/features/payments/types";
import { PAYMENT_STATES } from "@/lib/features/rosters/labels";
import type { PaymentSums, Roster } from "@/lib/features/rosters/types";
import { formatFen } from "@/lib/kernel/money";
import { BatchList } from "./batch-list";
import styles from "./payments.module.css";

const ReturnDialog = later(() => import("./return-dialog").then((part) => part.ReturnDialog));
const ReissueDialog = later(() => import("./reissue-dialog").then((part) => part.ReissueDialog));
const BatchDialog = later(() => import("./batch-dialog").then((part) => part.BatchDialog));

type Props = {
  roster: Roster & { payments: PaymentSums };
  mayPost: boolean;
  today: string;
  onPosted: () => void;
};

function Sums({ payments }: { payments: PaymentSums }) {
  const t = useTranslations("payments");
  return (
    <dl className={styles.sums}>
      {PAYMENT_STATES.map((state) => (
        <div key={state} data-state={state} data-none={payments[state].lines === 0 || undefined}>
          <dt>{t(`state.${state}`)}</dt>
          <dd>
            {t("sum", {
              lines: payments[state].lines,
              amount: formatFen(BigInt(payments[state].amountFen)),
            })}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** The files, asked for apart: whoever is slow to get them still sees the sums. */
function usePayments(id: string, of: PaymentSums) {
  const [payments, setPayments] = useState<Payments | null>(null);
  useEffect(() => {
    const leaving = new AbortController();
    // without them there is no list of files, and the sums still stand
    getPayments(id, leaving.signal).then(setPayments, () => undefined);
    return () => leaving.abort();
  }, [id, of]);
  return [payments, setPayments] as const;
}

/** Where the money of an approved roster stands, and what its clerk may say of it. */
export function PaymentsPanel({ roster, mayPost, today, onPosted }: Props) {
  const t = useTranslations("payments");
  const [open, setOpen] = useState<"return" | "reissue" | "batch" | null>(null);
  const sums = roster.payments;
  const [payments, setPayments] = usePayments(roster.id, sums);
  const close = () => setOpen(null);
  const posted = () => {
    close();
    onPosted();
  };
  const next = payments?.next;
  return (
    <Card
      title={t("title")}
      actions={
        mayPost && (
          <div className={styles.acts}>
            {sums.returned.lines > 0 && (
              <Button onClick={() => setOpen("reissue")}>{t("reissue.open")}</Button>
            )}
            <Button onClick={() => setOpen("return")}>{t("return.open")}</Button>
            {next && next.lines > 0 && (
              <Button variant="primary" onClick={() => setOpen("batch")}>
                {t("batch.open")}
              </Button>
            )}
          </div>
        )
      }
      footnote={sums.returned.lines > 0 ? t("recovered") : undefined}
    >
      <Sums payments={sums} />
      {payments && payments.batches.length > 0 && (
        <BatchList id={roster.id} payments={payments} onChanged={setPayments} />
      )}
      {open === "return" && (
        <ReturnDialog id={roster.id} today={today} onClose={close} onPosted={posted} />
      )}
      {open === "reissue" && (
        <ReissueDialog roster={roster} today={today} onClose={close} onPosted={posted} />
      )}
      {open === "batch" && next && (
        <BatchDialog
          id={roster.id}
          next={next}
          onClose={close}
          onMade={(made) => {
            close();
            setPayments(made);
          }}
        />
      )}
    </Card>
  );
}

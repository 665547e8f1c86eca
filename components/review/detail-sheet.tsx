"use client";

import { useLocale, useTranslations } from "next-intl";
import dynamic from "next/dynamic";
import { useEffect, useMemo, useState } from "react";
import { AppLink } from "@/components/ui/app-link";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Dialog } from "@/components/ui/dialog";
import { SkeletonLines } from "@/components/ui/skeleton";
import { failureOf } from "@/lib/browser/api-client";
import { getDisbursement } from "@/lib/features/disbursements/client";
import { namesOf } from "@/lib/features/reference/present";
import type { DisbursementWhole } from "@/lib/features/disbursements/types";
import type { Reference } from "@/lib/features/reference/types";
import type { QueueItem } from "@/lib/features/review/types";
import type { MoneyUnit } from "@/lib/kernel/money";
import type { Locale } from "@/lib/kernel/preferences";

const whole = () => import("./whole-record").then((m) => m.WholeRecord);
const WholeRecord = dynamic(whole, { loading: () => <SkeletonLines lines={8} /> });

type Loaded = { record: DisbursementWhole } | { failure: string } | null;

/** The whole voucher over the queue, so that the place in the queue is not lost. */
export function DetailSheet({
  item,
  reference,
  unit,
  busy,
  onClose,
  onApprove,
  onReturn,
}: {
  item: QueueItem;
  reference: Reference;
  unit: MoneyUnit;
  busy: boolean;
  onClose: () => void;
  onApprove: () => void;
  onReturn: () => void;
}) {
  const { id } = item.record;
  const t = useTranslations("review");
  const errors = useTranslations("errors.code");
  const locale = useLocale() as Locale;
  const names = useMemo(() => namesOf(reference, locale), [reference, locale]);
  const [loaded, setLoaded] = useState<Loaded>(null);

  useEffect(() => {
    let closed = false;
    void whole().catch(() => undefined);
    getDisbursement(id).then(
      (record) => !closed && setLoaded({ record }),
      (error: unknown) => !closed && setLoaded({ failure: failureOf(error).code }),
    );
    return () => {
      closed = true;
    };
  }, [id]);

  const record = loaded && "record" in loaded ? loaded.record : null;
  return (
    <Dialog
      size="wide"
      onClose={onClose}
      title={record ? record.reference : t("opening")}
      actions={
        <>
          <AppLink href={`/disbursements/${id}`}>{t("wholePage")}</AppLink>
          <Button disabled={busy} onClick={onReturn}>
            {t("return")}
          </Button>
          <Button variant="primary" disabled={busy || item.risk === 0} onClick={onApprove}>
            {t("approve")}
          </Button>
        </>
      }
    >
      {loaded === null && <SkeletonLines lines={8} />}
      {loaded && "failure" in loaded && <Callout tone="danger">{errors(loaded.failure)}</Callout>}
      {record && (
        <WholeRecord
          record={record}
          names={names}
          programme={reference.programmes.find(({ code }) => code === record.programme)}
          unit={unit}
        />
      )}
    </Dialog>
  );
}

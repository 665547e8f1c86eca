"use client";

import { FindingsThen } from "@/components/disbursements/findings-then";
import { History } from "@/components/disbursements/history";
import { OpenMark } from "@/components/disbursements/open-mark";
import { Voucher } from "@/components/disbursements/voucher";
import type { DisbursementWhole } from "@/lib/features/disbursements/types";
import type { Names } from "@/lib/features/reference/present";
import type { Programme } from "@/lib/features/reference/types";
import type { MoneyUnit } from "@/lib/kernel/money";

/** The voucher and what happened to it; its script comes while the record is fetched, not with the queue. */
export function WholeRecord({
  record,
  names,
  programme,
  unit,
}: {
  record: DisbursementWhole;
  names: Names;
  programme: Programme | undefined;
  unit: MoneyUnit;
}) {
  return (
    <div className="stack">
      <OpenMark record={record} />
      <Voucher record={record} names={names} programme={programme} unit={unit} />
      <FindingsThen record={record} names={names} />
      <History record={record} names={names} />
    </div>
  );
}

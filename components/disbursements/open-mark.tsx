"use client";

import { useEffect } from "react";
import { useSend } from "@/components/command/intents";
import type { DisbursementDetail } from "@/lib/features/disbursements/types";
import { openDisbursement } from "@/lib/features/steps/client";

type Shown = Pick<DisbursementDetail, "id" | "version" | "actions" | "steps">;

/**
 * Says once that its reviewer has the record before them, so that it is not withdrawn under their eyes. Whether that
 * arrives is no matter of the reader's.
 */
export function OpenMark({ record }: { record: Shown }) {
  const send = useSend();
  const { id, version } = record;
  const round = record.steps.filter(({ action }) => action === "submit").length;
  const known = record.steps.some((step) => step.action === "open" && step.round === round);
  const judges = record.actions.includes("approve") && !known;
  useEffect(() => {
    if (judges) send(openDisbursement, { id, body: { version } }).catch(() => undefined);
  }, [judges, id, version, send]);
  return null;
}

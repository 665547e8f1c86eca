"use client";

import { useRouter } from "next/navigation";
import { VoidDraft } from "@/components/disbursements/void-draft";
import type { DisbursementRow } from "@/lib/features/disbursements/types";
import styles from "./workbench.module.css";

/** A draft of the list, discarded without being opened. */
export function WorkbenchVoid({ record, named }: { record: DisbursementRow; named: string }) {
  const router = useRouter();
  return (
    <span className={styles.void}>
      <VoidDraft record={record} named={named} onVoided={() => router.refresh()} />
    </span>
  );
}

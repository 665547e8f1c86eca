"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import type { SaveStatus } from "@/components/form/save-state";
import { CopyKeeper, type KeeperState } from "@/components/working-copies/copy-keeper";
import { useKeptForm } from "@/components/working-copies/use-kept-form";
import { beginCopy, type KeptCopy } from "@/lib/browser/kept-copy";
import type { AdjustView } from "@/lib/features/disbursements/types";
import type { AdjustReason } from "@/lib/kernel/record-codes";
import { momentText } from "@/lib/kernel/written";
import type { EntryStart } from "./entry-start";
import { entryOf } from "@/lib/features/entry/present";
import type { EntryValues } from "@/lib/features/entry/types";

export type Adjustment = { reason: AdjustReason | ""; words: string; replace: boolean };
export type AdjustFormProps = AdjustView & Pick<EntryStart, "copy" | "live" | "onAddress">;

/** What the working copy of a correction holds. */
type AdjustText = { values: EntryValues; adjustment: Adjustment };
const textOf = ({ body }: KeptCopy): Partial<AdjustText> => body;
const NOTHING_SAID: Adjustment = { reason: "", words: "", replace: true };

function statusOf(held: boolean, { saved, failure }: KeeperState): SaveStatus | null {
  if (!held) return null;
  if (failure === "OFFLINE") return { state: "offline" };
  if (failure !== null) return { state: "failed" };
  return { state: saved ? "kept" : "unsaved" };
}

/** A correction as typed, kept while it is not made. `busy`: it is being made. */
export function useAdjustText(props: AdjustFormProps, busy: boolean) {
  const { userId, record, copy, live, onAddress } = props;
  const t = useTranslations("disbursement.adjust");
  const [blank] = useState<AdjustText>(() => ({
    values: entryOf(record),
    adjustment: NOTHING_SAID,
  }));
  const [text, setText] = useState<AdjustText>(() => ({
    values: { ...blank.values, ...(copy && textOf(copy).values) },
    adjustment: { ...NOTHING_SAID, ...(copy && textOf(copy).adjustment) },
  }));
  const [restoredAt, setRestoredAt] = useState(copy && momentText(copy.at));
  const [made, setMade] = useState(false);
  const [keeper] = useState(() => new CopyKeeper(userId, copy ?? beginCopy("correction", record)));
  const held = JSON.stringify(text) !== JSON.stringify(blank);
  const state = useKeptForm({
    ...{ keeper, text, held, done: made, onAddress },
    restored: copy !== null,
    title: t("title", { reference: record.reference }),
    subject: record.id,
    // That on which the text was begun; whether it still stands, the server says.
    baseVersion: copy?.baseVersion ?? record.version,
    resting: !live || busy,
  });

  return {
    text,
    setText,
    state,
    status: statusOf(held && !made, state),
    restoredAt,
    /** Somebody corrected or changed the record after this text was begun. */
    overtaken:
      copy !== null && (copy.baseVersion !== record.version || !record.actions.includes("adjust")),
    startAfresh: () => {
      setText(blank);
      setRestoredAt(null);
    },
    /** Nothing of it is sent after this; answers the copy that ends with the correction. */
    async ends() {
      await keeper.rest();
      return keeper.begun ? { workingCopy: keeper.copy.id } : {};
    },
    /** `again`: an answer was lost, and the server may have kept the copy meanwhile. */
    async ended(again: boolean) {
      setMade(true);
      await (again ? keeper.discard() : keeper.end());
    },
  };
}

export type KeptAdjustment = ReturnType<typeof useAdjustText>;

"use client";

import { useLocale, useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { useSend } from "@/components/command/intents";
import { useCommand } from "@/components/command/use-command";
import { useRefresh } from "@/components/command/use-refresh";
import { failureOf, isDecided, type Failure } from "@/lib/browser/api-client";
import { getDisbursement } from "@/lib/features/disbursements/client";
import { labelKey } from "@/lib/features/disbursements/labels";
import { nameOf } from "@/lib/features/reference/present";
import { mergedQueue } from "@/lib/features/review/rules";
import type { QueueItem } from "@/lib/features/review/types";
import { approveDisbursement, returnDisbursement } from "@/lib/features/steps/client";
import type { Locale } from "@/lib/kernel/preferences";
import type { ReturnReason } from "@/lib/kernel/record-codes";
import { momentText } from "@/lib/kernel/written";
import { useDepartures } from "./use-departures";
import { useQuietLook } from "./use-quiet-look";

/** `gone`: somebody else was faster, or it was withdrawn: there is nothing to press any more. */
export type RowResult = { state: "done" | "gone" | "failed"; text: string };

/** A record submitted anew is another thing to decide. */
const keyOf = ({ record }: QueueItem) => `${record.id}.${record.version}`;

/** Seconds in which an approval of a clean record can be taken back: it is sent after them. */
export const UNDO_MS = 6_000;

/** What others did to a record, in a sentence; null where nothing of it is known. */
function useWhatHappened() {
  const t = useTranslations("review");
  const labels = useTranslations("labels");
  const locale = useLocale() as Locale;
  return async ({ record }: QueueItem): Promise<string | null> => {
    const now = await getDisbursement(record.id).catch(() => null);
    const step = now?.steps.at(-1);
    if (!now || !step || now.version === record.version) return null;
    return t("happened", {
      who: nameOf(step.actor, locale),
      at: momentText(step.at),
      did: labels(labelKey("stepAction", step.action)),
    });
  };
}

function useResults() {
  const [results, setResults] = useState<Record<string, RowResult>>({});
  return {
    resultOf: (item: QueueItem): RowResult | undefined => results[keyOf(item)],
    note: (item: QueueItem, result: RowResult) =>
      setResults((known) => ({ ...known, [keyOf(item)]: result })),
  };
}

/** One approval, and what came of it noted beside its row. */
function useApproval(note: (item: QueueItem, result: RowResult) => void) {
  const t = useTranslations("review");
  const errors = useTranslations("errors.code");
  const send = useSend();
  const whatHappened = useWhatHappened();

  async function noteFailure(item: QueueItem, failure: Failure): Promise<void> {
    const happened = isDecided(failure) ? await whatHappened(item) : null;
    const said = Object.values(failure.fieldErrors).flat().join(" ");
    note(
      item,
      happened
        ? { state: "gone", text: happened }
        : { state: "failed", text: said || errors(failure.code) },
    );
  }

  /** Answers whether the server said anything: without an answer nothing is drawn anew. */
  async function approveNow(item: QueueItem): Promise<boolean> {
    const { id, version } = item.record;
    try {
      const { status } = await send(approveDisbursement, { id, body: { version } });
      note(item, { state: "done", text: t(status === "submitted" ? "passedOn" : "passed") });
      return true;
    } catch (error) {
      const failure = failureOf(error);
      await noteFailure(item, failure);
      return isDecided(failure);
    }
  }

  return { approveNow, noteFailure, whatHappened };
}

/** Approvals that are not sent yet, so that they can be taken back. */
function useHeld(send: (item: QueueItem) => Promise<void>) {
  const [held, setHeld] = useState<readonly string[]>([]);
  const timers = useRef(new Map<string, { timer: number; item: QueueItem }>());

  function release(item: QueueItem): boolean {
    const key = keyOf(item);
    const found = timers.current.get(key);
    if (!found) return false;
    window.clearTimeout(found.timer);
    timers.current.delete(key);
    setHeld((known) => known.filter((one) => one !== key));
    return true;
  }

  /** Approves in some seconds, unless it is taken back until then. */
  function hold(item: QueueItem) {
    const timer = window.setTimeout(() => {
      if (release(item)) void send(item);
    }, UNDO_MS);
    timers.current.set(keyOf(item), { timer, item });
    setHeld((known) => [...known, keyOf(item)]);
  }

  // Whoever leaves wants what they pressed: it is sent at once, and outlives the page (keepalive).
  const sendHeld = useRef(() => {});
  useEffect(() => {
    sendHeld.current = () => {
      for (const { item } of [...timers.current.values()]) if (release(item)) void send(item);
    };
  });
  useEffect(() => {
    const leave = () => sendHeld.current();
    window.addEventListener("pagehide", leave);
    return () => {
      window.removeEventListener("pagehide", leave);
      leave();
    };
  }, []);

  return { isHeld: (item: QueueItem) => held.includes(keyOf(item)), hold, release };
}

/** What was listed and waits no more: each is asked after once, and whoever looks at it is told why. */
function useGone(gone: readonly QueueItem[], ask: (item: QueueItem) => void) {
  const asked = useRef(new Set<string>());
  useEffect(() => {
    for (const item of gone) {
      if (asked.current.has(keyOf(item))) continue;
      asked.current.add(keyOf(item));
      ask(item);
    }
  });
}

/** The queue with what became of each of its rows: none vanishes before it has said why. */
export function useQueue(items: readonly QueueItem[]) {
  const t = useTranslations("review");
  const refresh = useRefresh();
  const send = useSend();
  const command = useCommand();
  const [last, setLast] = useState(items);
  const [shown, setShown] = useState(items);
  const [selected, setSelected] = useState<readonly string[]>([]);
  const { resultOf, note } = useResults();
  const { approveNow, noteFailure, whatHappened } = useApproval(note);
  const { isHeld, hold, release } = useHeld((item) =>
    approveNow(item).then((answered) => (answered ? refresh() : undefined)),
  );
  if (items !== last) {
    setLast(items);
    setShown(mergedQueue(shown, items));
  }
  const waiting = shown.filter(
    (item) => (resultOf(item)?.state ?? "failed") === "failed" && !isHeld(item),
  );
  const chosen = waiting.filter((item) => selected.includes(item.record.id));

  /** One after the other; each has its own answer, and one refusal does not stop the rest. */
  async function approve(list: readonly QueueItem[]) {
    const outcome = await command.run(async () => {
      let answered = false;
      for (const item of list) answered = await approveNow(item);
      return answered;
    });
    setSelected([]);
    if (outcome.ok && outcome.answer) await refresh();
  }

  async function returnRecord(item: QueueItem, given: { reason: ReturnReason; words: string }) {
    const { id, version } = item.record;
    const body = { version, ...given };
    const outcome = await command.run(() => send(returnDisbursement, { id, body }));
    if (!outcome.ok) {
      if (outcome.failure && outcome.decided) await noteFailure(item, outcome.failure);
      return false;
    }
    note(item, { state: "done", text: t("returned") });
    await refresh();
    return true;
  }

  const tell = (item: QueueItem) =>
    void whatHappened(item).then((text) => note(item, { state: "gone", text: text ?? t("gone") }));
  useGone(
    shown.filter((item) => !items.includes(item) && !resultOf(item) && !isHeld(item)),
    tell,
  );
  useDepartures(
    shown.filter((item) => resultOf(item)?.state === "gone"),
    (item) => setShown((known) => known.filter((one) => one !== item)),
  );
  const silentSince = useQuietLook(waiting, (moved) => moved.forEach(tell));

  return {
    command,
    silentSince,
    shown,
    waiting,
    chosen,
    selected,
    setSelected,
    resultOf,
    isHeld,
    hold,
    undo: release,
    approve,
    returnRecord,
  };
}

"use client";

import { useEffect, useRef, useState } from "react";
import { checkDisbursement } from "@/lib/features/disbursements/client";
import type { Checked, CheckInput } from "@/lib/features/disbursements/schema";
import type { EntryReading } from "./entry-reading";
import type { EntryState } from "./entry-state";

/** What the server says of the form; `current`: of what stands there now. */
export type FormCheck = { checked: Checked; current: boolean };

const REST_MS = 300;

function inputOf({ input }: EntryReading, { record }: EntryState): CheckInput | null {
  if (input.programme === "" || input.organisation === "") return null;
  return record ? { ...input, id: record.id, version: record.version } : input;
}

/** Judges on leaving a field, by the rules of submission. Where nobody answers, saving still judges. */
export function useCheck(reading: EntryReading, state: EntryState): FormCheck | null {
  const [answer, setAnswer] = useState<{ of: string; checked: Checked } | null>(null);
  const input = inputOf(reading, state);
  const key = JSON.stringify(input);
  const latest = useRef({ input, key, asked: "" });
  useEffect(() => {
    latest.current = { ...latest.current, input, key };
  });
  const { focused, phase, theirs } = state;
  useEffect(() => {
    if (phase !== "idle" || theirs !== null) return;
    const abort = new AbortController();
    const timer = setTimeout(() => {
      const now = latest.current;
      if (now.input === null || now.asked === now.key) return;
      now.asked = now.key;
      checkDisbursement(now.input, abort.signal).then(
        (checked) => setAnswer({ of: now.key, checked }),
        () => {
          latest.current.asked = "";
        },
      );
    }, REST_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [focused, phase, theirs]);
  return answer && { checked: answer.checked, current: answer.of === key };
}

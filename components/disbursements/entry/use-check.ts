"use client";

import { useEffect, useRef, useState } from "react";
import { checkDisbursement } from "@/lib/features/disbursements/client";
import type { Checked, CheckInput } from "@/lib/features/disbursements/schema";
import type { Finding } from "@/lib/features/findings/types";
import type { Reference } from "@/lib/features/reference/types";
import type { EntryReading, ReadingContext } from "@/lib/features/entry/types";
import type { EntryState } from "./entry-state";
import { judgeEntry, withOthers } from "@/lib/features/entry/rules";

export type FormCheck = {
  /** Of what stands there; by comparison with others, of what the server was last asked about. */
  findings: Finding[];
  /** The server's word, of whatever it was last asked about; null before it has answered. */
  checked: Checked | null;
  /** Nothing was typed since. `alone`: the server has not answered for it (yet). */
  state: "current" | "alone" | "typing";
};

const REST_MS = 300;

function inputOf({ input }: EntryReading, { record }: EntryState): CheckInput | null {
  if (input.programme === "" || input.organisation === "") return null;
  return record ? { ...input, id: record.id, version: record.version } : input;
}

/**
 * Judges on leaving a field, by the rules of submission: here at once, as far as no other record is asked
 * about, and then by the server.
 */
export function useCheck(
  reading: EntryReading,
  state: EntryState,
  about: { reference: Reference } & Pick<ReadingContext, "today">,
): FormCheck | null {
  const [own, setOwn] = useState<{ of: string; findings: Finding[] } | null>(null);
  const [answer, setAnswer] = useState<{ of: string; checked: Checked } | null>(null);
  const input = inputOf(reading, state);
  const key = JSON.stringify(input);
  const { reference, today } = about;
  const { focused, phase, theirs, record } = state;
  const judge = () => input && judgeEntry(input, { record, reference, today });
  const latest = useRef({ input, key, judge, asked: "" });
  useEffect(() => {
    latest.current = { ...latest.current, input, key, judge };
  });
  useEffect(() => {
    if (phase !== "idle" || theirs !== null) return;
    const abort = new AbortController();
    const timer = setTimeout(() => {
      const now = latest.current;
      const findings = now.judge();
      if (now.input === null || findings === null) return;
      setOwn({ of: now.key, findings });
      if (now.asked === now.key) return;
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
  if (own === null) return null;
  const said = answer?.checked.findings ?? record?.findings ?? [];
  const told = answer?.of === own.of;
  return {
    findings: told ? answer.checked.findings : withOthers(own.findings, said),
    checked: answer?.checked ?? null,
    state: own.of !== key ? "typing" : told ? "current" : "alone",
  };
}

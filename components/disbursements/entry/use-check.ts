"use client";

import { useEffect, useRef, useState } from "react";
import { onceAtWork } from "@/lib/browser/at-work";
import { checkDisbursement } from "@/lib/features/disbursements/client";
import type { Checked, CheckInput } from "@/lib/features/disbursements/schema";
import type { Finding } from "@/lib/features/findings/types";
import type { Reference } from "@/lib/features/reference/types";
import type { DisbursementDetail } from "@/lib/features/disbursements/types";
import type * as rules from "@/lib/features/entry/policy";
import type { EntryReading, ReadingContext } from "@/lib/features/entry/types";

export type FormCheck = {
  /** Of what stands there; by comparison with others, of what the server was last asked about. */
  findings: Finding[];
  /** The server's word, of whatever it was last asked about; null before it has answered. */
  checked: Checked | null;
  /** Nothing was typed since. `alone`: the server has not answered for it (yet). */
  state: "current" | "alone" | "typing";
};

const REST_MS = 300;

type Rules = typeof rules;

/** They weigh something, and a form that nobody has touched needs none. */
const loadRules = (): Promise<Rules> => import("@/lib/features/entry/policy");
onceAtWork(() => void loadRules().catch(() => undefined));

type About = Pick<ReadingContext, "today"> & {
  reference: Reference;
  /** That is being changed, with what was found in it so far. */
  record: DisbursementDetail | null;
  /** Of what it corrects, and of nothing that stands already. */
  corrects?: Pick<DisbursementDetail, "id" | "version">;
  focused: string | null;
  /** It is being sent, or nobody looks at it. */
  resting: boolean;
};

function inputOf(input: EntryReading["input"], { record, corrects }: About): CheckInput | null {
  if (input.programme === "" || input.organisation === "") return null;
  if (corrects) return { ...input, corrects: corrects.id, version: corrects.version };
  return record ? { ...input, id: record.id, version: record.version } : input;
}

/**
 * Judges on leaving a field, by the rules of submission: here at once, as far as no other record is asked
 * about, and then by the server.
 */
export function useCheck(said: EntryReading["input"], about: About): FormCheck | null {
  const [own, setOwn] = useState<{ of: string; findings: Finding[]; by: Rules } | null>(null);
  const [answer, setAnswer] = useState<{ of: string; checked: Checked } | null>(null);
  const input = inputOf(said, about);
  const key = JSON.stringify(input);
  const { reference, today, record, focused, resting } = about;
  const judge = (by: Rules) => input && by.judgeEntry(input, { record, reference, today });
  const latest = useRef({ input, key, judge, asked: "" });
  useEffect(() => {
    latest.current = { ...latest.current, input, key, judge };
  });
  useEffect(() => {
    if (resting) return;
    const abort = new AbortController();
    const look = (by: Rules) => {
      if (abort.signal.aborted) return;
      const now = latest.current;
      const findings = now.judge(by);
      if (now.input === null || findings === null) return;
      setOwn({ of: now.key, findings, by });
      if (now.asked === now.key) return;
      now.asked = now.key;
      checkDisbursement(now.input, abort.signal).then(
        (checked) => setAnswer({ of: now.key, checked }),
        () => {
          latest.current.asked = "";
        },
      );
    };
    const timer = setTimeout(() => {
      if (latest.current.input !== null) void loadRules().then(look, () => undefined);
    }, REST_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [focused, resting]);
  if (own === null) return null;
  const before = answer?.checked.findings ?? record?.findings ?? [];
  const told = answer?.of === own.of;
  return {
    findings: told ? answer.checked.findings : own.by.withOthers(own.findings, before),
    checked: answer?.checked ?? null,
    state: own.of !== key ? "typing" : told ? "current" : "alone",
  };
}

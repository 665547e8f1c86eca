"use client";

import { useLocale, useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { useCommand } from "@/components/command/use-command";
import { adjustDisbursement } from "@/lib/features/disbursements/client";
import { postedOn } from "@/lib/features/disbursements/rules";
import type { DisbursementDetail } from "@/lib/features/disbursements/types";
import { entryOf } from "@/lib/features/entry/present";
import { readEntry } from "@/lib/features/entry/rules";
import type { EntryReading } from "@/lib/features/entry/types";
import { namesOf } from "@/lib/features/reference/present";
import type { Reference } from "@/lib/features/reference/types";
import { fiscalYearOf, type CivilDate } from "@/lib/kernel/fiscal-year";
import type { Locale } from "@/lib/kernel/preferences";
import type { EntryFields } from "./entry-context";
import { useAdjustText, type AdjustFormProps, type Adjustment } from "./use-adjust-text";
import { useCheck } from "./use-check";

const isClosed = ({ years }: Reference, year: number) =>
  years.some((one) => one.year === year && one.status === "closed");

/** As it will be posted: what falls into no open year stands on the day of the correction. */
function posted(
  input: EntryReading["input"],
  { years }: Reference,
  postsOn: CivilDate | null,
): EntryReading["input"] {
  const { paidOn = null, periodTo = null } = input;
  const year = input.fiscalYear ?? fiscalYearOf({ paidOn, periodTo });
  const isOpen = years.some((one) => one.year === year && one.status === "open");
  return postsOn === null || isOpen ? input : { ...input, ...postedOn(postsOn) };
}

/** What the summary lists: the reason, then what cannot be read or was refused, by path. */
export function useAdjustment(props: AdjustFormProps) {
  const { record, reference, today } = props;
  const t = useTranslations("disbursement.adjust");
  const say = useTranslations("errors.field");
  const locale = useLocale() as Locale;
  const command = useCommand();
  const kept = useAdjustText(props, command.busy);
  const { setText } = kept;
  const { values, adjustment } = kept.text;
  const [attempt, setAttempt] = useState(0);
  const [focused, setFocused] = useState<string | null>(null);
  // What a closed year cannot take is posted on the day of the correction.
  const reading = readEntry(values, { today, openYears: null });
  const names = useMemo(() => namesOf(reference, locale), [reference, locale]);
  const postsOn = isClosed(reference, record.fiscalYear) ? today : null;
  const check = useCheck(posted(reading.input, reference, postsOn), {
    ...{ reference, today, record: null, corrects: record, focused },
    resting: !adjustment.replace || command.busy,
  });

  const problems: Record<string, string> = {};
  for (const [path, said] of Object.entries(command.failure?.fieldErrors ?? {}))
    problems[path.replace("replacement.", "")] = said.join(" ");
  if (adjustment.reason === "") problems.reason = t("chooseReason");
  if (adjustment.words.trim() === "") problems.words = t("needWords");
  if (adjustment.replace) {
    for (const [path, [problem]] of Object.entries(reading.problems))
      if (problem) problems[path] = say(problem.key, problem.values);
    if (JSON.stringify(values) === JSON.stringify(entryOf(record))) problems.body = t("unchanged");
  }
  const fields: EntryFields = {
    values,
    change: (patch) => setText((known) => ({ ...known, values: { ...known.values, ...patch } })),
    reading,
    errorOf: (path) => (attempt > 0 ? problems[path] : undefined),
    reference,
    names,
    programme: reference.programmes.find(({ code }) => code === values.programme),
    locale,
    today,
    postsOn,
    offeredDay: false,
    checked: check?.checked ?? null,
    organisations: [record.organisation],
    elsewhere: false,
  };

  async function send(): Promise<DisbursementDetail | null> {
    setAttempt((count) => count + 1);
    const open = Object.keys(problems).filter((path) => !command.failure?.fieldErrors[path]);
    if (open.length > 0 || adjustment.reason === "") return null;
    const { organisation: _organisation, ...replacement } = reading.input;
    const body = {
      version: record.version,
      reason: adjustment.reason,
      words: adjustment.words.trim(),
      replacement: adjustment.replace ? replacement : null,
    };
    const again = command.failure !== null;
    const outcome = await command.run(async (send) => {
      const ends = await kept.ends();
      return send(adjustDisbursement, { id: record.id, body: { ...body, ...ends } });
    });
    if (!outcome.ok) return null;
    await kept.ended(again);
    return outcome.answer;
  }

  const change = (patch: Partial<Adjustment>) =>
    setText((known) => ({ ...known, adjustment: { ...known.adjustment, ...patch } }));
  return { command, kept, adjustment, change, attempt, problems, fields, send, check, setFocused };
}

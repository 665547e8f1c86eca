"use client";

import { useEffect, useState } from "react";
import type { ComboboxOption } from "@/components/form/combobox-filter";
import type { AskedOrganisations } from "@/lib/features/reference/client";
import type { OrganisationChoice } from "@/lib/features/reference/types";
import type { Locale } from "@/lib/kernel/preferences";

/** Long enough that a word typed at speed is one question. */
const PAUSE_MS = 200;

function optionOf({ code, nameZh, nameEn, parent }: OrganisationChoice, locale: Locale) {
  const english = locale === "en";
  const note = parent && (english ? parent.nameEn : parent.nameZh);
  return { value: code, label: english ? nameEn : nameZh, ...(note ? { note } : {}) };
}

type Answer = { typed: string; options: readonly ComboboxOption[] | "failed" };

/** What the server finds for what is typed; an answer to an earlier word is never shown for a later one. */
export function useFoundOrganisations(ask: AskedOrganisations, locale: Locale) {
  const [typed, setTyped] = useState<string | null>(null);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const asked = JSON.stringify(ask);
  useEffect(() => {
    if (typed === null) return;
    const stop = new AbortController();
    const timer = setTimeout(async () => {
      try {
        // Fetched when it is needed: what checks the wire weighs more than the page around the picker.
        const { findOrganisations } = await import("@/lib/features/reference/client");
        const { items } = await findOrganisations(
          { ...(JSON.parse(asked) as AskedOrganisations), q: typed },
          stop.signal,
        );
        if (!stop.signal.aborted)
          setAnswer({ typed, options: items.map((item) => optionOf(item, locale)) });
      } catch {
        if (!stop.signal.aborted) setAnswer({ typed, options: "failed" });
      }
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [typed, asked, locale]);
  const current = answer?.typed === typed ? answer.options : null;
  return {
    onAsk: setTyped,
    options: Array.isArray(current) ? (current as readonly ComboboxOption[]) : [],
    state: current === null ? "looking" : current === "failed" ? "failed" : "found",
  } as const;
}

import "server-only";
import { createTranslator } from "next-intl";
import { messagesOf } from "@/lib/i18n/messages";
import type { Locale } from "@/lib/kernel/preferences";

/**
 * What a card of the dashboard is written with, in a file as on the page: a key is a path into its words. Apart from
 * the other words, because the worker, which reads those, cannot load what makes a sentence of these.
 */
export function cardSayings(locale: Locale) {
  const messages = messagesOf(locale);
  const of = (name: "dashboard" | "labels" | "common" | "cross" | "compare") => {
    const said = messages[name] as unknown as Record<string, string>;
    const t = createTranslator<{ said: Record<string, string> }>({ locale, messages: { said } });
    return (key: string, values?: Record<string, string | number>) => t(`said.${key}`, values);
  };
  return {
    dashboard: of("dashboard"),
    labels: of("labels"),
    common: of("common"),
    cross: of("cross"),
    compare: of("compare"),
  };
}

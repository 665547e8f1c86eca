import "server-only";
import { createTranslator } from "use-intl/core";
import { messagesOf } from "@/lib/i18n/messages";
import type { Locale } from "@/lib/kernel/preferences";

/**
 * What a card of the dashboard is written with, in a file as on the page: a key is a path into its words. Sentences are
 * made by use-intl itself, because next-intl's own door is closed to the worker, which writes files as well.
 */
export function cardSayings(locale: Locale) {
  const messages = messagesOf(locale);
  const of = (name: "dashboard" | "labels" | "common" | "cross" | "compare" | "layouts") => {
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
    layouts: of("layouts"),
  };
}

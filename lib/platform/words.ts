import "server-only";
import { createTranslator } from "next-intl";
import { messagesOf } from "@/lib/i18n/messages";
import type { Locale } from "@/lib/kernel/preferences";

/** The sentences of what must hold, for the API and the file of a check. */
export function healthWordsOf(locale: Locale) {
  return messagesOf(locale).health;
}

/** The words of coded values, for files written on the server. */
export function labelsOf(locale: Locale) {
  return messagesOf(locale).labels;
}

/** What an audit entry is told with, for pages and files. */
export function tellingWords(locale: Locale) {
  const { audit, labels, findings } = messagesOf(locale);
  return { audit, labels, findings };
}

/** What a card of the dashboard is written with, in a file as on the page: a key is a path into its words. */
export function cardSayings(locale: Locale) {
  const messages = messagesOf(locale);
  const of = (name: "dashboard" | "labels" | "common") => {
    const said = messages[name] as unknown as Record<string, string>;
    const t = createTranslator<{ said: Record<string, string> }>({ locale, messages: { said } });
    return (key: string, values?: Record<string, string | number>) => t(`said.${key}`, values);
  };
  return { dashboard: of("dashboard"), labels: of("labels"), common: of("common") };
}

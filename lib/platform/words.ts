import "server-only";
import { createTranslator, type AbstractIntlMessages } from "next-intl";
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

/** What a card of the dashboard is written with, in a file as on the page. */
export function cardSayings(locale: Locale) {
  const { dashboard, labels, common }: AbstractIntlMessages = messagesOf(locale);
  const messages: Record<string, Record<string, string>> = { dashboard, labels, common };
  const t = createTranslator({ locale, messages });
  const of = (name: string) => (key: string, values?: Record<string, string | number>) =>
    t(`${name}.${key}`, values);
  return { dashboard: of("dashboard"), labels: of("labels"), common: of("common") };
}

import "server-only";
import { createTranslator } from "next-intl";
import { messagesOf } from "@/lib/i18n/messages";
import type { Locale } from "@/lib/kernel/preferences";

/** What an audit entry is told with, for pages and files. */
export function tellingWords(locale: Locale) {
  const { audit, labels, findings } = messagesOf(locale);
  return { audit, labels, findings };
}

/** The sentences of the audit, by their key among its messages. */
export function auditSayings(locale: Locale) {
  const said = messagesOf(locale).audit as unknown as Record<string, string>;
  const t = createTranslator<{ said: Record<string, string> }>({ locale, messages: { said } });
  return (key: string, values: Record<string, string>): string | null =>
    t.has(`said.${key}`) ? t(`said.${key}`, values) : null;
}

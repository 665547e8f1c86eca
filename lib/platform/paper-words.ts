import "server-only";
import { createTranslator } from "use-intl/core";
import { messagesOf } from "@/lib/i18n/messages";
import type { Locale } from "@/lib/kernel/preferences";

/** What is printed of a roster is written with; a key is a path into its words. */
export function paperSayings(locale: Locale) {
  const said = messagesOf(locale).paperForms as unknown as Record<string, string>;
  const t = createTranslator<{ said: Record<string, string> }>({ locale, messages: { said } });
  return (key: string, values?: Record<string, string | number>) => t(`said.${key}`, values);
}

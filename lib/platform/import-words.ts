import "server-only";
import { createTranslator } from "next-intl";
import { messagesOf } from "@/lib/i18n/messages";
import type { Locale } from "@/lib/kernel/preferences";

/** What is said of a file that was read, by its key among the notes of imports. */
export function importSayings(locale: Locale) {
  const note: Record<string, string> = messagesOf(locale).imports.note;
  const t = createTranslator<{ note: Record<string, string> }>({ locale, messages: { note } });
  return (key: string, values: Record<string, string | number>) => t(`note.${key}`, values);
}

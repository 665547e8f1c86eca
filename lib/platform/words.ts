import "server-only";
import { messagesOf } from "@/lib/i18n/messages";
import type { Locale } from "@/lib/kernel/preferences";

/** The sentences of what must hold, for the API and the file of a check. */
export function healthWordsOf(locale: Locale) {
  return messagesOf(locale).health;
}

/** What a file proves, in the name that it is given out under. */
export function evidenceWordsOf(locale: Locale) {
  return messagesOf(locale).attachments.kind;
}

/** The words of coded values, for files written on the server. */
export function labelsOf(locale: Locale) {
  return messagesOf(locale).labels;
}

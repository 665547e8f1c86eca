import "server-only";
import { messagesOf } from "@/lib/i18n/messages";
import type { Locale } from "@/lib/kernel/preferences";

/** The words of coded values, for files written on the server. */
export function labelsOf(locale: Locale) {
  return messagesOf(locale).labels;
}

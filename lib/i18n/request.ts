import { getRequestConfig } from "next-intl/server";
import { TIME_ZONE } from "@/lib/kernel/preferences";
import { messagesOf } from "./messages";
import { loadPreferences } from "./preferences";

export default getRequestConfig(async () => {
  const { locale } = await loadPreferences();
  return { locale, messages: messagesOf(locale), timeZone: TIME_ZONE };
});

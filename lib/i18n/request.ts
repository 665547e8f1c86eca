import { getRequestConfig } from "next-intl/server";
import { messagesOf } from "./messages";
import { loadPreferences } from "./preferences";

export default getRequestConfig(async () => {
  const { locale } = await loadPreferences();
  return { locale, messages: messagesOf(locale), timeZone: "Asia/Shanghai" };
});

import enCommon from "./messages/en/common.json";
import enErrors from "./messages/en/errors.json";
import enHelp from "./messages/en/help.json";
import enLabels from "./messages/en/labels.json";
import enShell from "./messages/en/shell.json";
import enSignIn from "./messages/en/signIn.json";
import zhCommon from "./messages/zh-CN/common.json";
import zhErrors from "./messages/zh-CN/errors.json";
import zhHelp from "./messages/zh-CN/help.json";
import zhLabels from "./messages/zh-CN/labels.json";
import zhShell from "./messages/zh-CN/shell.json";
import zhSignIn from "./messages/zh-CN/signIn.json";
import type { Locale } from "@/lib/kernel/preferences";

const zh = {
  common: zhCommon,
  errors: zhErrors,
  help: zhHelp,
  labels: zhLabels,
  shell: zhShell,
  signIn: zhSignIn,
};

export type Messages = typeof zh;

const en: Messages = {
  common: enCommon,
  errors: enErrors,
  help: enHelp,
  labels: enLabels,
  shell: enShell,
  signIn: enSignIn,
};

export function messagesOf(locale: Locale): Messages {
  return locale === "en" ? en : zh;
}

/** Long texts that only server components read; the browser is not made to download them. */
const serverOnly = ["help"] as const satisfies (keyof Messages)[];

export function clientMessages(messages: Messages): Omit<Messages, (typeof serverOnly)[number]> {
  const kept: Partial<Messages> & Omit<Messages, (typeof serverOnly)[number]> = { ...messages };
  for (const namespace of serverOnly) delete kept[namespace];
  return kept;
}

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
import enAllotments from "./messages/en/allotments.json";
import enDashboard from "./messages/en/dashboard.json";
import enExplain from "./messages/en/explain.json";
import enLedger from "./messages/en/ledger.json";
import enReports from "./messages/en/reports.json";
import zhAllotments from "./messages/zh-CN/allotments.json";
import zhDashboard from "./messages/zh-CN/dashboard.json";
import zhExplain from "./messages/zh-CN/explain.json";
import zhLedger from "./messages/zh-CN/ledger.json";
import zhReports from "./messages/zh-CN/reports.json";
import enDisbursement from "./messages/en/disbursement.json";
import enEntry from "./messages/en/entry.json";
import enFindings from "./messages/en/findings.json";
import enReview from "./messages/en/review.json";
import enWorkbench from "./messages/en/workbench.json";
import zhDisbursement from "./messages/zh-CN/disbursement.json";
import zhEntry from "./messages/zh-CN/entry.json";
import zhFindings from "./messages/zh-CN/findings.json";
import zhReview from "./messages/zh-CN/review.json";
import zhWorkbench from "./messages/zh-CN/workbench.json";
import enAccount from "./messages/en/account.json";
import enAdmin from "./messages/en/admin.json";
import enApiHelp from "./messages/en/apiHelp.json";
import enAudit from "./messages/en/audit.json";
import zhAccount from "./messages/zh-CN/account.json";
import zhAdmin from "./messages/zh-CN/admin.json";
import zhApiHelp from "./messages/zh-CN/apiHelp.json";
import zhAudit from "./messages/zh-CN/audit.json";
import type { Locale } from "@/lib/kernel/preferences";

const zh = {
  account: zhAccount,
  admin: zhAdmin,
  apiHelp: zhApiHelp,
  audit: zhAudit,
  disbursement: zhDisbursement,
  entry: zhEntry,
  findings: zhFindings,
  review: zhReview,
  workbench: zhWorkbench,
  reports: zhReports,
  ledger: zhLedger,
  explain: zhExplain,
  dashboard: zhDashboard,
  allotments: zhAllotments,
  common: zhCommon,
  errors: zhErrors,
  help: zhHelp,
  labels: zhLabels,
  shell: zhShell,
  signIn: zhSignIn,
};

export type Messages = typeof zh;

const en: Messages = {
  account: enAccount,
  admin: enAdmin,
  apiHelp: enApiHelp,
  audit: enAudit,
  disbursement: enDisbursement,
  entry: enEntry,
  findings: enFindings,
  review: enReview,
  workbench: enWorkbench,
  reports: enReports,
  ledger: enLedger,
  explain: enExplain,
  dashboard: enDashboard,
  allotments: enAllotments,
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
const serverOnly = [
  "apiHelp",
  "help",
  "dashboard",
  "explain",
  "ledger",
  "reports",
] as const satisfies (keyof Messages)[];

export function clientMessages(messages: Messages): Omit<Messages, (typeof serverOnly)[number]> {
  const kept: Partial<Messages> & Omit<Messages, (typeof serverOnly)[number]> = { ...messages };
  for (const namespace of serverOnly) delete kept[namespace];
  return kept;
}

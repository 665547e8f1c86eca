import type { Locale } from "@/lib/kernel/preferences";
import { clientEn } from "./client-en";
import { clientZh } from "./client-zh";
import enApiHelp from "@/lib/i18n/messages/en/apiHelp.json";
import enCampaigns from "@/lib/i18n/messages/en/campaigns.json";
import enChanges from "@/lib/i18n/messages/en/changes.json";
import enCompare from "@/lib/i18n/messages/en/compare.json";
import enCross from "@/lib/i18n/messages/en/cross.json";
import enDashboard from "@/lib/i18n/messages/en/dashboard.json";
import enExplain from "@/lib/i18n/messages/en/explain.json";
import enFrozen from "@/lib/i18n/messages/en/frozen.json";
import enHealth from "@/lib/i18n/messages/en/health.json";
import enHelp from "@/lib/i18n/messages/en/help.json";
import enLayouts from "@/lib/i18n/messages/en/layouts.json";
import enLedger from "@/lib/i18n/messages/en/ledger.json";
import enNarrative from "@/lib/i18n/messages/en/narrative.json";
import enPaperForms from "@/lib/i18n/messages/en/paperForms.json";
import enPublicPage from "@/lib/i18n/messages/en/publicPage.json";
import enReports from "@/lib/i18n/messages/en/reports.json";
import enYearEnd from "@/lib/i18n/messages/en/yearEnd.json";
import zhApiHelp from "@/lib/i18n/messages/zh-CN/apiHelp.json";
import zhCampaigns from "@/lib/i18n/messages/zh-CN/campaigns.json";
import zhChanges from "@/lib/i18n/messages/zh-CN/changes.json";
import zhCompare from "@/lib/i18n/messages/zh-CN/compare.json";
import zhCross from "@/lib/i18n/messages/zh-CN/cross.json";
import zhDashboard from "@/lib/i18n/messages/zh-CN/dashboard.json";
import zhExplain from "@/lib/i18n/messages/zh-CN/explain.json";
import zhFrozen from "@/lib/i18n/messages/zh-CN/frozen.json";
import zhHealth from "@/lib/i18n/messages/zh-CN/health.json";
import zhHelp from "@/lib/i18n/messages/zh-CN/help.json";
import zhLayouts from "@/lib/i18n/messages/zh-CN/layouts.json";
import zhLedger from "@/lib/i18n/messages/zh-CN/ledger.json";
import zhNarrative from "@/lib/i18n/messages/zh-CN/narrative.json";
import zhPaperForms from "@/lib/i18n/messages/zh-CN/paperForms.json";
import zhPublicPage from "@/lib/i18n/messages/zh-CN/publicPage.json";
import zhReports from "@/lib/i18n/messages/zh-CN/reports.json";
import zhYearEnd from "@/lib/i18n/messages/zh-CN/yearEnd.json";

// Words that server components alone say stay here: the browser is not made to download them.
const zh = {
  ...clientZh,
  apiHelp: zhApiHelp,
  campaigns: zhCampaigns,
  changes: zhChanges,
  compare: zhCompare,
  cross: zhCross,
  dashboard: zhDashboard,
  explain: zhExplain,
  frozen: zhFrozen,
  health: zhHealth,
  help: zhHelp,
  layouts: zhLayouts,
  ledger: zhLedger,
  narrative: zhNarrative,
  paperForms: zhPaperForms,
  publicPage: zhPublicPage,
  reports: zhReports,
  yearEnd: zhYearEnd,
};

export type Messages = typeof zh;

const en: Messages = {
  ...clientEn,
  apiHelp: enApiHelp,
  campaigns: enCampaigns,
  changes: enChanges,
  compare: enCompare,
  cross: enCross,
  dashboard: enDashboard,
  explain: enExplain,
  frozen: enFrozen,
  health: enHealth,
  help: enHelp,
  layouts: enLayouts,
  ledger: enLedger,
  narrative: enNarrative,
  paperForms: enPaperForms,
  publicPage: enPublicPage,
  reports: enReports,
  yearEnd: enYearEnd,
};

export function messagesOf(locale: Locale): Messages {
  return locale === "en" ? en : zh;
}

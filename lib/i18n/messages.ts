import enCommon from "@/lib/i18n/messages/en/common.json";
import enErrors from "@/lib/i18n/messages/en/errors.json";
import enHelp from "@/lib/i18n/messages/en/help.json";
import enLabels from "@/lib/i18n/messages/en/labels.json";
import enShell from "@/lib/i18n/messages/en/shell.json";
import enSignIn from "@/lib/i18n/messages/en/signIn.json";
import zhCommon from "@/lib/i18n/messages/zh-CN/common.json";
import zhErrors from "@/lib/i18n/messages/zh-CN/errors.json";
import zhHelp from "@/lib/i18n/messages/zh-CN/help.json";
import zhLabels from "@/lib/i18n/messages/zh-CN/labels.json";
import zhShell from "@/lib/i18n/messages/zh-CN/shell.json";
import zhSignIn from "@/lib/i18n/messages/zh-CN/signIn.json";
import enAllotments from "@/lib/i18n/messages/en/allotments.json";
import enCompare from "@/lib/i18n/messages/en/compare.json";
import zhCompare from "@/lib/i18n/messages/zh-CN/compare.json";
import enProjects from "@/lib/i18n/messages/en/projects.json";
import zhProjects from "@/lib/i18n/messages/zh-CN/projects.json";
import enLayoutForms from "@/lib/i18n/messages/en/layoutForms.json";
import zhLayoutForms from "@/lib/i18n/messages/zh-CN/layoutForms.json";
import enLayouts from "@/lib/i18n/messages/en/layouts.json";
import zhLayouts from "@/lib/i18n/messages/zh-CN/layouts.json";
import enCross from "@/lib/i18n/messages/en/cross.json";
import zhCross from "@/lib/i18n/messages/zh-CN/cross.json";
import enDashboard from "@/lib/i18n/messages/en/dashboard.json";
import enExplain from "@/lib/i18n/messages/en/explain.json";
import enLedger from "@/lib/i18n/messages/en/ledger.json";
import enViews from "@/lib/i18n/messages/en/views.json";
import zhViews from "@/lib/i18n/messages/zh-CN/views.json";
import enChanges from "@/lib/i18n/messages/en/changes.json";
import zhChanges from "@/lib/i18n/messages/zh-CN/changes.json";
import enCampaigns from "@/lib/i18n/messages/en/campaigns.json";
import zhCampaigns from "@/lib/i18n/messages/zh-CN/campaigns.json";
import enBrief from "@/lib/i18n/messages/en/brief.json";
import zhBrief from "@/lib/i18n/messages/zh-CN/brief.json";
import enNarrative from "@/lib/i18n/messages/en/narrative.json";
import enPacks from "@/lib/i18n/messages/en/packs.json";
import enReports from "@/lib/i18n/messages/en/reports.json";
import zhAllotments from "@/lib/i18n/messages/zh-CN/allotments.json";
import zhDashboard from "@/lib/i18n/messages/zh-CN/dashboard.json";
import zhExplain from "@/lib/i18n/messages/zh-CN/explain.json";
import zhLedger from "@/lib/i18n/messages/zh-CN/ledger.json";
import zhNarrative from "@/lib/i18n/messages/zh-CN/narrative.json";
import zhPacks from "@/lib/i18n/messages/zh-CN/packs.json";
import zhReports from "@/lib/i18n/messages/zh-CN/reports.json";
import enDisbursement from "@/lib/i18n/messages/en/disbursement.json";
import enEntry from "@/lib/i18n/messages/en/entry.json";
import enFindings from "@/lib/i18n/messages/en/findings.json";
import enReview from "@/lib/i18n/messages/en/review.json";
import enYearEnd from "@/lib/i18n/messages/en/yearEnd.json";
import enCalendar from "@/lib/i18n/messages/en/calendar.json";
import enNotices from "@/lib/i18n/messages/en/notices.json";
import enWorkbench from "@/lib/i18n/messages/en/workbench.json";
import zhDisbursement from "@/lib/i18n/messages/zh-CN/disbursement.json";
import zhEntry from "@/lib/i18n/messages/zh-CN/entry.json";
import zhFindings from "@/lib/i18n/messages/zh-CN/findings.json";
import zhReview from "@/lib/i18n/messages/zh-CN/review.json";
import zhYearEnd from "@/lib/i18n/messages/zh-CN/yearEnd.json";
import zhCalendar from "@/lib/i18n/messages/zh-CN/calendar.json";
import zhNotices from "@/lib/i18n/messages/zh-CN/notices.json";
import zhWorkbench from "@/lib/i18n/messages/zh-CN/workbench.json";
import enAccount from "@/lib/i18n/messages/en/account.json";
import enAdmin from "@/lib/i18n/messages/en/admin.json";
import enApiHelp from "@/lib/i18n/messages/en/apiHelp.json";
import enAudit from "@/lib/i18n/messages/en/audit.json";
import zhAccount from "@/lib/i18n/messages/zh-CN/account.json";
import zhAdmin from "@/lib/i18n/messages/zh-CN/admin.json";
import zhApiHelp from "@/lib/i18n/messages/zh-CN/apiHelp.json";
import zhAudit from "@/lib/i18n/messages/zh-CN/audit.json";
import enFrozen from "@/lib/i18n/messages/en/frozen.json";
import enGrid from "@/lib/i18n/messages/en/grid.json";
import zhFrozen from "@/lib/i18n/messages/zh-CN/frozen.json";
import zhGrid from "@/lib/i18n/messages/zh-CN/grid.json";
import enHealth from "@/lib/i18n/messages/en/health.json";
import enJobs from "@/lib/i18n/messages/en/jobs.json";
import zhHealth from "@/lib/i18n/messages/zh-CN/health.json";
import zhJobs from "@/lib/i18n/messages/zh-CN/jobs.json";
import enRows from "@/lib/i18n/messages/en/rows.json";
import zhRows from "@/lib/i18n/messages/zh-CN/rows.json";
import enImports from "@/lib/i18n/messages/en/imports.json";
import zhImports from "@/lib/i18n/messages/zh-CN/imports.json";
import enPublicPage from "@/lib/i18n/messages/en/publicPage.json";
import enPublications from "@/lib/i18n/messages/en/publications.json";
import zhPublicPage from "@/lib/i18n/messages/zh-CN/publicPage.json";
import zhPublications from "@/lib/i18n/messages/zh-CN/publications.json";
import type { Locale } from "@/lib/kernel/preferences";

const zh = {
  frozen: zhFrozen,
  grid: zhGrid,
  health: zhHealth,
  imports: zhImports,
  jobs: zhJobs,
  rows: zhRows,
  account: zhAccount,
  admin: zhAdmin,
  apiHelp: zhApiHelp,
  audit: zhAudit,
  disbursement: zhDisbursement,
  entry: zhEntry,
  findings: zhFindings,
  review: zhReview,
  calendar: zhCalendar,
  yearEnd: zhYearEnd,
  publicPage: zhPublicPage,
  publications: zhPublications,
  notices: zhNotices,
  packs: zhPacks,
  workbench: zhWorkbench,
  reports: zhReports,
  narrative: zhNarrative,
  brief: zhBrief,
  campaigns: zhCampaigns,
  changes: zhChanges,
  ledger: zhLedger,
  views: zhViews,
  explain: zhExplain,
  compare: zhCompare,
  cross: zhCross,
  layoutForms: zhLayoutForms,
  layouts: zhLayouts,
  dashboard: zhDashboard,
  allotments: zhAllotments,
  projects: zhProjects,
  common: zhCommon,
  errors: zhErrors,
  help: zhHelp,
  labels: zhLabels,
  shell: zhShell,
  signIn: zhSignIn,
};

export type Messages = typeof zh;

const en: Messages = {
  frozen: enFrozen,
  grid: enGrid,
  health: enHealth,
  imports: enImports,
  jobs: enJobs,
  rows: enRows,
  account: enAccount,
  admin: enAdmin,
  apiHelp: enApiHelp,
  audit: enAudit,
  disbursement: enDisbursement,
  entry: enEntry,
  findings: enFindings,
  review: enReview,
  calendar: enCalendar,
  yearEnd: enYearEnd,
  publicPage: enPublicPage,
  publications: enPublications,
  notices: enNotices,
  packs: enPacks,
  workbench: enWorkbench,
  reports: enReports,
  narrative: enNarrative,
  brief: enBrief,
  campaigns: enCampaigns,
  changes: enChanges,
  ledger: enLedger,
  views: enViews,
  explain: enExplain,
  compare: enCompare,
  cross: enCross,
  layoutForms: enLayoutForms,
  layouts: enLayouts,
  dashboard: enDashboard,
  allotments: enAllotments,
  projects: enProjects,
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
  "campaigns",
  "changes",
  "compare",
  "cross",
  "frozen",
  "help",
  "dashboard",
  "explain",
  "health",
  "layouts",
  "ledger",
  "reports",
  "narrative",
  "yearEnd",
  "publicPage",
] as const satisfies (keyof Messages)[];

export function clientMessages(messages: Messages): Omit<Messages, (typeof serverOnly)[number]> {
  const kept: Partial<Messages> & Omit<Messages, (typeof serverOnly)[number]> = { ...messages };
  for (const namespace of serverOnly) delete kept[namespace];
  return kept;
}

import account from "@/lib/i18n/messages/zh-CN/account.json";
import admin from "@/lib/i18n/messages/zh-CN/admin.json";
import allotments from "@/lib/i18n/messages/zh-CN/allotments.json";
import attachments from "@/lib/i18n/messages/zh-CN/attachments.json";
import audit from "@/lib/i18n/messages/zh-CN/audit.json";
import brief from "@/lib/i18n/messages/zh-CN/brief.json";
import calendar from "@/lib/i18n/messages/zh-CN/calendar.json";
import common from "@/lib/i18n/messages/zh-CN/common.json";
import disbursement from "@/lib/i18n/messages/zh-CN/disbursement.json";
import entry from "@/lib/i18n/messages/zh-CN/entry.json";
import errors from "@/lib/i18n/messages/zh-CN/errors.json";
import evidencePacks from "@/lib/i18n/messages/zh-CN/evidencePacks.json";
import findings from "@/lib/i18n/messages/zh-CN/findings.json";
import grid from "@/lib/i18n/messages/zh-CN/grid.json";
import householdLists from "@/lib/i18n/messages/zh-CN/householdLists.json";
import households from "@/lib/i18n/messages/zh-CN/households.json";
import imports from "@/lib/i18n/messages/zh-CN/imports.json";
import jobs from "@/lib/i18n/messages/zh-CN/jobs.json";
import labels from "@/lib/i18n/messages/zh-CN/labels.json";
import layoutForms from "@/lib/i18n/messages/zh-CN/layoutForms.json";
import notices from "@/lib/i18n/messages/zh-CN/notices.json";
import packs from "@/lib/i18n/messages/zh-CN/packs.json";
import papers from "@/lib/i18n/messages/zh-CN/papers.json";
import payments from "@/lib/i18n/messages/zh-CN/payments.json";
import projects from "@/lib/i18n/messages/zh-CN/projects.json";
import publications from "@/lib/i18n/messages/zh-CN/publications.json";
import reveals from "@/lib/i18n/messages/zh-CN/reveals.json";
import rights from "@/lib/i18n/messages/zh-CN/rights.json";
import personalData from "@/lib/i18n/messages/zh-CN/personalData.json";
import review from "@/lib/i18n/messages/zh-CN/review.json";
import rosters from "@/lib/i18n/messages/zh-CN/rosters.json";
import rows from "@/lib/i18n/messages/zh-CN/rows.json";
import shell from "@/lib/i18n/messages/zh-CN/shell.json";
import signIn from "@/lib/i18n/messages/zh-CN/signIn.json";
import views from "@/lib/i18n/messages/zh-CN/views.json";
import workbench from "@/lib/i18n/messages/zh-CN/workbench.json";

/** What components in the browser say; a file of the build, kept by the browser like any other. */
export const clientZh = {
  account,
  admin,
  allotments,
  attachments,
  audit,
  brief,
  calendar,
  common,
  disbursement,
  entry,
  errors,
  evidencePacks,
  findings,
  grid,
  householdLists,
  households,
  imports,
  jobs,
  labels,
  layoutForms,
  notices,
  packs,
  papers,
  payments,
  projects,
  publications,
  reveals,
  rights,
  personalData,
  review,
  rosters,
  rows,
  shell,
  signIn,
  views,
  workbench,
};

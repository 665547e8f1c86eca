import account from "@/lib/i18n/messages/zh-CN/account.json";
import admin from "@/lib/i18n/messages/zh-CN/admin.json";
import allotments from "@/lib/i18n/messages/zh-CN/allotments.json";
import audit from "@/lib/i18n/messages/zh-CN/audit.json";
import brief from "@/lib/i18n/messages/zh-CN/brief.json";
import calendar from "@/lib/i18n/messages/zh-CN/calendar.json";
import common from "@/lib/i18n/messages/zh-CN/common.json";
import disbursement from "@/lib/i18n/messages/zh-CN/disbursement.json";
import entry from "@/lib/i18n/messages/zh-CN/entry.json";
import errors from "@/lib/i18n/messages/zh-CN/errors.json";
import findings from "@/lib/i18n/messages/zh-CN/findings.json";
import grid from "@/lib/i18n/messages/zh-CN/grid.json";
import imports from "@/lib/i18n/messages/zh-CN/imports.json";
import jobs from "@/lib/i18n/messages/zh-CN/jobs.json";
import labels from "@/lib/i18n/messages/zh-CN/labels.json";
import layoutForms from "@/lib/i18n/messages/zh-CN/layoutForms.json";
import notices from "@/lib/i18n/messages/zh-CN/notices.json";
import packs from "@/lib/i18n/messages/zh-CN/packs.json";
import projects from "@/lib/i18n/messages/zh-CN/projects.json";
import publications from "@/lib/i18n/messages/zh-CN/publications.json";
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
  audit,
  brief,
  calendar,
  common,
  disbursement,
  entry,
  errors,
  findings,
  grid,
  imports,
  jobs,
  labels,
  layoutForms,
  notices,
  packs,
  projects,
  publications,
  review,
  rosters,
  rows,
  shell,
  signIn,
  views,
  workbench,
};

import type { clientZh } from "./client-zh";
import account from "@/lib/i18n/messages/en/account.json";
import admin from "@/lib/i18n/messages/en/admin.json";
import allotments from "@/lib/i18n/messages/en/allotments.json";
import audit from "@/lib/i18n/messages/en/audit.json";
import brief from "@/lib/i18n/messages/en/brief.json";
import calendar from "@/lib/i18n/messages/en/calendar.json";
import common from "@/lib/i18n/messages/en/common.json";
import disbursement from "@/lib/i18n/messages/en/disbursement.json";
import entry from "@/lib/i18n/messages/en/entry.json";
import errors from "@/lib/i18n/messages/en/errors.json";
import findings from "@/lib/i18n/messages/en/findings.json";
import grid from "@/lib/i18n/messages/en/grid.json";
import imports from "@/lib/i18n/messages/en/imports.json";
import jobs from "@/lib/i18n/messages/en/jobs.json";
import labels from "@/lib/i18n/messages/en/labels.json";
import layoutForms from "@/lib/i18n/messages/en/layoutForms.json";
import notices from "@/lib/i18n/messages/en/notices.json";
import packs from "@/lib/i18n/messages/en/packs.json";
import projects from "@/lib/i18n/messages/en/projects.json";
import publications from "@/lib/i18n/messages/en/publications.json";
import review from "@/lib/i18n/messages/en/review.json";
import rosters from "@/lib/i18n/messages/en/rosters.json";
import rows from "@/lib/i18n/messages/en/rows.json";
import shell from "@/lib/i18n/messages/en/shell.json";
import signIn from "@/lib/i18n/messages/en/signIn.json";
import views from "@/lib/i18n/messages/en/views.json";
import workbench from "@/lib/i18n/messages/en/workbench.json";

/** What components in the browser say; a file of the build, kept by the browser like any other. */
export const clientEn: typeof clientZh = {
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

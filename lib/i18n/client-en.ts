import type { clientZh } from "./client-zh";
import account from "@/lib/i18n/messages/en/account.json";
import admin from "@/lib/i18n/messages/en/admin.json";
import allotments from "@/lib/i18n/messages/en/allotments.json";
import attachments from "@/lib/i18n/messages/en/attachments.json";
import audit from "@/lib/i18n/messages/en/audit.json";
import brief from "@/lib/i18n/messages/en/brief.json";
import calendar from "@/lib/i18n/messages/en/calendar.json";
import common from "@/lib/i18n/messages/en/common.json";
import disbursement from "@/lib/i18n/messages/en/disbursement.json";
import entry from "@/lib/i18n/messages/en/entry.json";
import errors from "@/lib/i18n/messages/en/errors.json";
import evidencePacks from "@/lib/i18n/messages/en/evidencePacks.json";
import findings from "@/lib/i18n/messages/en/findings.json";
import grid from "@/lib/i18n/messages/en/grid.json";
import householdLists from "@/lib/i18n/messages/en/householdLists.json";
import households from "@/lib/i18n/messages/en/households.json";
import imports from "@/lib/i18n/messages/en/imports.json";
import jobs from "@/lib/i18n/messages/en/jobs.json";
import labels from "@/lib/i18n/messages/en/labels.json";
import layoutForms from "@/lib/i18n/messages/en/layoutForms.json";
import notices from "@/lib/i18n/messages/en/notices.json";
import packs from "@/lib/i18n/messages/en/packs.json";
import papers from "@/lib/i18n/messages/en/papers.json";
import payments from "@/lib/i18n/messages/en/payments.json";
import projects from "@/lib/i18n/messages/en/projects.json";
import publications from "@/lib/i18n/messages/en/publications.json";
import reveals from "@/lib/i18n/messages/en/reveals.json";
import rights from "@/lib/i18n/messages/en/rights.json";
import personalData from "@/lib/i18n/messages/en/personalData.json";
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

import { COUNT_UNITS, type CountUnit } from "@/lib/kernel/counts";
import type { Locale } from "@/lib/kernel/preferences";
import { OWN_TEXTS, type TextField } from "@/lib/kernel/record-fields";

/** The columns of the ledger as a file, in their order. */
export const LEDGER_COLUMNS = [
  "reference",
  "status",
  "entryKind",
  "organisationCode",
  "organisation",
  "programme",
  "campaign",
  "aidCategory",
  "recipientKind",
  "form",
  "fiscalYear",
  "month",
  "paidOn",
  "periodFrom",
  "periodTo",
  "amount",
  "amountKind",
  "amountWording",
  ...COUNT_UNITS,
  "shares",
  ...OWN_TEXTS,
  "origin",
] as const;
type OwnColumn = Exclude<LedgerColumn, CountUnit | TextField>;
export type LedgerColumn = (typeof LEDGER_COLUMNS)[number];

/** The words of the ledger as a file. */
type LedgerWords = {
  title: string;
  filter: string;
  everything: string;
  subtree: (place: string) => string;
  unitYuan: string;
  totalRecords: (approvedOnly: boolean) => string;
  totalAmount: (approvedOnly: boolean) => string;
  leftOut: string;
  asOf: string;
  everyStatus: string;
  contains: (words: string) => string;
  monthUnknown: string;
  range: (what: string, from: string | undefined, to: string | undefined) => string;
  columns: Record<OwnColumn, string>;
};

const zh: LedgerWords = {
  title: "发放台账",
  filter: "筛选条件",
  everything: "全部",
  subtree: (place) => `${place}及所属`,
  unitYuan: "金额单位：元",
  totalRecords: (approvedOnly) => (approvedOnly ? "合计笔数（已审核）" : "合计笔数（所选状态）"),
  totalAmount: (approvedOnly) => (approvedOnly ? "合计金额（已审核）" : "合计金额（所选状态）"),
  leftOut: "合计未含",
  asOf: "数据截至",
  everyStatus: "下面逐笔列出符合条件的全部记录；合计只计已审核的记录。",
  contains: (words) => `含有“${words}”`,
  monthUnknown: "月份不详",
  range: (what, from, to) =>
    to === undefined
      ? `${what} ${from} 起`
      : `${what} ${from === undefined ? "" : `${from} `}至 ${to}`,
  columns: {
    reference: "编号",
    status: "状态",
    entryKind: "记录类型",
    organisationCode: "单位代码",
    organisation: "发放单位",
    programme: "项目",
    campaign: "活动批次",
    aidCategory: "救助类别",
    recipientKind: "对象类别",
    form: "形式",
    fiscalYear: "年度",
    month: "月份",
    paidOn: "发放日期",
    periodFrom: "期间起",
    periodTo: "期间止",
    amount: "金额（元）",
    amountKind: "金额性质",
    shares: "资金来源（元）",
    origin: "数据来源",
  },
};

const en: LedgerWords = {
  title: "Ledger of disbursements",
  filter: "Filter",
  everything: "everything",
  subtree: (place) => `${place} and below`,
  unitYuan: "Amounts in yuan",
  totalRecords: (approvedOnly) =>
    approvedOnly ? "Records in total (approved)" : "Records in total (statuses asked for)",
  totalAmount: (approvedOnly) =>
    approvedOnly ? "Amount in total (approved)" : "Amount in total (statuses asked for)",
  leftOut: "Not in the total",
  asOf: "As of",
  everyStatus:
    "Every record of the filter is listed below, whatever its status; the total counts approved records only.",
  contains: (words) => `containing “${words}”`,
  monthUnknown: "month unknown",
  range: (what, from, to) =>
    `${what}${from === undefined ? "" : ` from ${from}`}${to === undefined ? "" : ` to ${to}`}`,
  columns: {
    reference: "Reference",
    status: "Status",
    entryKind: "Entry",
    organisationCode: "Union code",
    organisation: "Paying union",
    programme: "Programme",
    campaign: "Campaign",
    aidCategory: "Aid category",
    recipientKind: "Recipients",
    form: "Form",
    fiscalYear: "Year",
    month: "Month",
    paidOn: "Paid on",
    periodFrom: "Period from",
    periodTo: "Period to",
    amount: "Amount (yuan)",
    amountKind: "Amount is",
    shares: "Fund sources (yuan)",
    origin: "Origin",
  },
};

export function ledgerWords(locale: Locale): LedgerWords {
  return locale === "en" ? en : zh;
}

/** The headings, with the names that counts and texts have everywhere. */
export function columnWords(
  locale: Locale,
  named: { countName: Record<CountUnit, string>; field: Record<TextField, string> },
): Record<LedgerColumn, string> {
  return { ...ledgerWords(locale).columns, ...named.countName, ...named.field };
}

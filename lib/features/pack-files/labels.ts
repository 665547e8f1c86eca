import type { Locale } from "@/lib/kernel/preferences";
import type { PackAxis } from "./types";

/** The words of a pack's own sheets. */
type PackWords = {
  axis: Record<PackAxis, string>;
  byAxis: (year: number, axis: PackAxis) => string;
  places: string;
  byPlace: (year: number) => string;
  mutual: string;
  byMutual: (year: number) => string;
  balance: string;
  bySourceBalance: (year: number) => string;
  noCampaign: string;
  month: (month: number) => string;
  /** Mutual aid as the figures name it among what they leave out. */
  mutualTotal: string;
  /** "第 1 页，共 9 页" */
  page: (at: number, of: number) => string;
  chart: (year: number, what: string) => string;
  counties: string;
};

const zhAxis: PackWords["axis"] = {
  programme: "项目",
  prefecture: "市州",
  month: "月份",
  fundSource: "资金来源",
  aidCategory: "救助类别",
  recipientKind: "对象类别",
  campaign: "活动批次",
  form: "形式",
};
const zh: PackWords = {
  axis: zhAxis,
  byAxis: (year, axis) => `${year} 年支出（按${zhAxis[axis]}）`,
  places: "单位×项目",
  byPlace: (year) => `${year} 年支出（单位×项目）`,
  mutual: "互助保障",
  byMutual: (year) => `${year} 年职工医疗互助（单列，不计入支出）`,
  mutualTotal: "台账中单列的职工医疗互助",
  balance: "到位支出结余",
  bySourceBalance: (year) => `${year} 年到位、支出、结余（按资金来源）`,
  noCampaign: "无批次",
  month: (month) => `${month} 月`,
  page: (at, of) => `第 ${at} 页，共 ${of} 页`,
  chart: (year, what) => `${year} 年支出（${what}）`,
  counties: "按县分布",
};

const enAxis: PackWords["axis"] = {
  programme: "Programme",
  prefecture: "Prefecture",
  month: "Month",
  fundSource: "Fund source",
  aidCategory: "Aid category",
  recipientKind: "Recipients",
  campaign: "Campaign",
  form: "Form",
};
const en: PackWords = {
  axis: enAxis,
  byAxis: (year, axis) => `Spending in ${year} by ${enAxis[axis].toLowerCase()}`,
  places: "Union by programme",
  byPlace: (year) => `Spending in ${year}, union by programme`,
  mutual: "Mutual aid",
  byMutual: (year) => `Mutual medical aid in ${year} (apart, not part of spending)`,
  mutualTotal: "mutual aid set apart in the ledger",
  balance: "Received spent left",
  bySourceBalance: (year) => `Received, spent and left in ${year} by fund source`,
  noCampaign: "No campaign",
  month: (month) =>
    new Date(Date.UTC(2000, month - 1)).toLocaleString("en", { month: "long", timeZone: "UTC" }),
  page: (at, of) => `Page ${at} of ${of}`,
  chart: (year, what) => `Spending in ${year}: ${what}`,
  counties: "by county",
};

export const packWords = (locale: Locale): PackWords => (locale === "en" ? en : zh);

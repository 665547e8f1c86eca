import type { Locale } from "@/lib/kernel/preferences";
import { formatFen, type MoneyUnit } from "@/lib/kernel/money";
import type { LeftOutThen } from "@/lib/features/figures/types";
import type { Season } from "@/lib/features/reference/types";

/** The words of the printed summary, on the screen as in the file. */
type Words = {
  /** With the year as it is called, and its months where that does not say them. */
  title: (year: string, place: string) => string;
  fileTitle: (year: string) => string;
  filledBy: string;
  unit: (unit: MoneyUnit) => string;
  unitName: Record<MoneyUnit, string>;
  name: string;
  code: string;
  total: string;
  subtotal: string;
  own: (place: string) => string;
  funds: string;
  received: string;
  spent: string;
  left: string;
  bySeason: string;
  season: Record<Season, string>;
  amount: string;
  byCategory: string;
  mutual: string;
  /** With the month up to which both years are compared; whole years without it. */
  comparison: (months: string | undefined) => string;
  part: (year: string, months: string) => string;
  before: (year: string) => string;
  increase: string;
  growth: string;
  vouchers: string;
  records: string;
  unvalued: string;
  check: string;
  holds: string;
  fails: string;
  notes: string;
  seasonNote: (parts: string) => string;
  countsNote: string;
  mutualNote: (names: string) => string;
  /** Of an earlier position how many waited may not be known. */
  leftOut: (left: LeftOutThen, amount: string) => string;
  estimated: (count: number) => string;
  unvaluedNote: (count: number) => string;
  noneNote: string;
  notReceived: (unions: number) => string;
  notPriced: (unions: number) => string;
  marks: [string, string];
  notComparable: string;
  statistics: string;
  demo: string;
  published: string;
  asOf: (stamp: string) => string;
  signatures: string[];
  listSeparator: string;
  /** 表一, 表二 … */
  sheetName: (number: number) => string;
  sheetTitle: (number: number, parts: string[]) => string;
  /** What a sheet is of, in its title. */
  ofSheet: Record<
    "funds" | "programmes" | "category" | "mutual" | "comparison" | "vouchers",
    string
  >;
  ledgerTotal: string;
  receiptsTotal: string;
  rounded: string;
  checkSheet: string;
  difference: string;
  result: string;
  page: string;
  product: string;
};

const yuan = (fen: string) => formatFen(BigInt(fen), { unit: "yuan" });

/** Of a statistics year: what no month is known of lies in none. */
function unplacedZh({ unplaced }: LeftOutThen): string {
  if (!unplaced) return "";
  const { records, amountFen, waiting } = unplaced;
  const more = waiting ? `，另有待审、未报 ${waiting} 笔` : "";
  return `两个自然年度中月份不详的 ${records} 笔、${yuan(amountFen)} 元归不进统计年度，未计入${more}。`;
}

function unplacedEn({ unplaced }: LeftOutThen): string {
  if (!unplaced) return "";
  const { records, amountFen, waiting } = unplaced;
  const more = waiting ? `; ${waiting} more wait for approval` : "";
  return ` Of both calendar years ${records} records, ${yuan(amountFen)} yuan, have no known month: they are in no statistics year and not counted${more}.`;
}

const zh: Words = {
  title: (year, place) => `${year}帮扶工作汇总表（${place}）`,
  fileTitle: (year) => `${year}汇总表`,
  filledBy: "填报单位（盖章）：",
  unit: (unit) => `单位：${unit === "yuan" ? "元" : "万元"}`,
  unitName: { yuan: "元", wan: "万元" },
  name: "单位",
  code: "代码",
  total: "合计",
  subtotal: "小计",
  own: (place) => `${place}本级`,
  funds: "资金",
  received: "到位",
  spent: "支出",
  left: "结余",
  bySeason: "支出按项目分",
  season: {
    spring: "春",
    summer: "夏",
    autumn: "秋",
    winter: "冬",
    breakfast: "早餐",
    assistance: "帮扶",
    other: "其他",
  },
  amount: "金额",
  byCategory: "支出按救助类别分",
  mutual: "职工医疗互助（不计入支出）",
  comparison: (months) => (months ? `${months}，与上年同期比` : "与上年全年比"),
  part: (year, months) => `${year} ${months}支出`,
  before: (year) => `${year}支出`,
  increase: "增减额",
  growth: "增幅",
  vouchers: "凭证",
  records: "笔数",
  unvalued: "其中未计价",
  check: "核对",
  holds: "相符",
  fails: "不符",
  notes: "说明",
  seasonNote: (parts) => `支出按项目分：${parts}。`,
  countsNote: "户、人、人次、份、岗位分别计数，互不相加；同一人多次受助，各笔分别计数。",
  mutualNote: (names) => `${names}由职工缴费，单列，不计入支出合计。`,
  leftOut: (left, amount) =>
    `只计已审核的记录。未含：草稿 ${left.draft ?? "—"} 笔，已上报待审 ${left.submitted ?? "—"} 笔，已退回 ${left.returned ?? "—"} 笔，职工医疗互助 ${left.contributory.records} 笔 ${amount}。${unplacedZh(left)}`,
  estimated: (count) => `含约数 ${count} 笔，按公布的数字计（如“61.58万余元”计 61.58 万元）。`,
  unvaluedNote: (count) =>
    `另有 ${count} 笔实物、服务尚未计价，计入笔数和人数，金额未知，不作零计；全部未计价的格印“未计价”。`,
  noneNote: "“—”表示没有记录；基数为零的增幅也印“—”。",
  notReceived: (unions) =>
    `有 ${unions} 个单位有支出而没有登记到位资金：到位、结余记“—”，合计的结余不含这些单位。`,
  notPriced: (unions) => `有 ${unions} 个单位的支出全部未计价：结余记“—”，合计的结余不含这些单位。`,
  marks: ["甲", "乙"],
  statistics: "本表按工会统计年度汇总；到位与结余按自然年度核算，记“—”。",
  notComparable: "上年为演示数据或本年为演示数据，两年不可比，不计增减。",
  demo: "演示数据：本年记录含为演示而编的数据，不是真实发放。",
  published: "本年数字出自公开刊载的工会资料，每个数字各记一笔。",
  asOf: (stamp) => `数据截至 ${stamp}（北京时间）。`,
  signatures: ["单位负责人：", "审核人：", "填表人：", "报出日期：      年    月    日"],
  listSeparator: "、",
  sheetName: (number) => `表${"一二三四五六七八九十"[number - 1]}`,
  sheetTitle: (number, parts) => `表${"一二三四五六七八九十"[number - 1]}　${parts.join("、")}`,
  ofSheet: {
    funds: "资金",
    programmes: "项目",
    category: "救助类别",
    mutual: "医疗互助",
    comparison: "与上年比较",
    vouchers: "凭证",
  },
  ledgerTotal: "台账已审核合计",
  receiptsTotal: "到位资金登记合计",
  rounded: "以万元印出时各格四舍五入到两位小数，合计按分计算；Excel 各格存的是精确数。",
  checkSheet: "核对",
  difference: "差",
  result: "结果",
  page: "第 &P 页，共 &N 页",
  product: "暖账",
};

const en: Words = {
  title: (year, place) => `Yearly summary of relief work ${year} (${place})`,
  fileTitle: (year) => `Yearly-summary-${year}`,
  filledBy: "Reporting union (seal): ",
  unit: (unit) => `Unit: ${unit === "yuan" ? "yuan" : "10,000 yuan"}`,
  unitName: { yuan: "yuan", wan: "wan-yuan" },
  name: "Union",
  code: "Code",
  total: "Total",
  subtotal: "Subtotal",
  own: (place) => `${place}, own spending`,
  funds: "Funds",
  received: "Received",
  spent: "Spent",
  left: "Left",
  bySeason: "Spent, by programme",
  season: {
    spring: "Spring",
    summer: "Summer",
    autumn: "Autumn",
    winter: "Winter",
    breakfast: "Breakfast",
    assistance: "Assistance",
    other: "Other",
  },
  amount: "Amount",
  byCategory: "Spent, by aid category",
  mutual: "Mutual medical aid (not in Spent)",
  comparison: (months) =>
    months ? `${months}, against the same period before` : "Against the year before",
  part: (year, months) => `Spent in ${year}, ${months}`,
  before: (year) => `Spent in ${year}`,
  increase: "Increase",
  growth: "Increase, %",
  vouchers: "Vouchers",
  records: "Records",
  unvalued: "of which unvalued",
  check: "Check",
  holds: "holds",
  fails: "does not hold",
  notes: "Notes",
  seasonNote: (parts) => `Spent, by programme: ${parts}.`,
  countsNote:
    "Households, persons, person-times, packs and posts are counted apart and never added to each other; a person aided several times is counted in each record.",
  mutualNote: (names) => `${names}: paid for by members, shown apart, not in Spent.`,
  leftOut: (left, amount) =>
    `Approved records only. Not included: ${left.draft ?? "—"} drafts, ${left.submitted ?? "—"} submitted, ${left.returned ?? "—"} returned, mutual medical aid ${left.contributory.records} records ${amount}.${unplacedEn(left)}`,
  estimated: (count) =>
    `Includes ${count} estimated amounts, taken as published (“a little over 615,800 yuan” counts as 615,800).`,
  unvaluedNote: (count) =>
    `${count} records of goods or services carry no amount yet: they count as records and persons, never as zero; a cell made only of them says “unvalued”.`,
  noneNote: "“—” means no record; an increase over a base of zero is also printed as “—”.",
  notReceived: (unions) =>
    `${unions} unions spent without any recorded allotment: what they received and have left stands as “—”, and no total of what is left contains them.`,
  notPriced: (unions) =>
    `${unions} unions spent nothing that is priced yet: what they have left stands as “—”, and no total of what is left contains them.`,
  marks: ["A", "B"],
  statistics:
    "Summed by the unions’ statistics year; received and left are kept by calendar year and stand as “—”.",
  notComparable:
    "One of the two years holds demonstration data, so they are not compared and no increase is worked out.",
  demo: "Demonstration data: this year contains invented records, not real disbursements.",
  published: "This year’s figures were published by the unions; every figure is one record.",
  asOf: (stamp) => `As of ${stamp} (Beijing time).`,
  signatures: ["Head of union:", "Reviewed by:", "Filled in by:", "Date:"],
  listSeparator: ", ",
  sheetName: (number) => `Table${number}`,
  sheetTitle: (number, parts) => `Table ${number}: ${parts.join(", ")}`,
  ofSheet: {
    funds: "funds",
    programmes: "programmes",
    category: "aid categories",
    mutual: "mutual aid",
    comparison: "the year before",
    vouchers: "vouchers",
  },
  ledgerTotal: "approved in the ledger",
  receiptsTotal: "allotments recorded",
  rounded:
    "In 10,000 yuan every cell is printed with two decimals; totals are worked out to the fen, and the cells of the workbook hold the exact numbers.",
  checkSheet: "Check",
  difference: "Difference",
  result: "Result",
  page: "Page &P of &N",
  product: "Nuanzhang",
};

export function summaryWords(locale: Locale): Words {
  return locale === "en" ? en : zh;
}

import type { FormMeasure } from "@/lib/features/cross/types";
import {
  type Layout,
  type LayoutBlock,
  type LayoutGroup,
  type LayoutText,
  LAYOUT_SCHEMA,
  type ShippedId,
} from "./types";

/** The forms that come with the program, as the unions fill them in. */

const text = (zh: string, en: string): LayoutText => ({ zh, en });
const group = (zh: string, en: string, codes: string[], measures?: FormMeasure[]): LayoutGroup => ({
  name: text(zh, en),
  codes,
  ...(measures && { measures }),
});
const season = (
  zh: string,
  en: string,
  of: NonNullable<LayoutGroup["seasons"]>[number],
  measures?: FormMeasure[],
): LayoutGroup => ({ name: text(zh, en), seasons: [of], ...(measures && { measures }) });

const HEADER = [text("填报单位（盖章）：{place}", "Reporting union (seal): {place}"), text("填报时间：{date}", "Date of report: {date}")]; // prettier-ignore
const FOOTER = [
  text("单位负责人：", "Head of union:"),
  text("审核人：", "Reviewed by:"),
  text("填表人：", "Filled in by:"),
];

const TREASURIES = group("财政拨款", "Treasury", [
  "central-treasury",
  "provincial-treasury",
  "prefectural-treasury",
  "county-treasury",
]);
const ABOVE = group("全总、省总经费", "ACFTU and provincial union funds", ["acftu", "provincial-union"]); // prettier-ignore
const PREFECTURES = group("市州总工会经费", "Prefectural union funds", ["prefectural-union"]);
const COUNTIES = group("县总工会经费", "County union funds", ["county-union"]);
const EMPLOYERS = group("行政拨付", "Employer’s grant", ["employer"]);
const DONATIONS = group("社会捐助", "Donations", ["donation"]);
const UNIONS = group("工会经费", "Union funds", [
  "acftu",
  "provincial-union",
  "prefectural-union",
  "county-union",
  "industrial-union",
  "union-funds-unspecified",
]);

const sources = (groups: LayoutGroup[]): LayoutBlock => ({
  name: text("资金来源", "Fund source"),
  axis: "fundSource",
  measures: ["amountFen"],
  groups,
});

const form = (over: Pick<Layout, "title" | "rows" | "blocks"> & Partial<Layout>): Layout => ({
  schema: LAYOUT_SCHEMA,
  filter: {},
  emptyRows: "show",
  numbered: true,
  header: HEADER,
  footer: FOOTER,
  notes: [],
  ...over,
});

const annual = form({
  title: text("年度帮扶工作汇总表", "Yearly table of relief work"),
  rows: "organisation",
  blocks: [
    {
      name: text("支出合计", "All spending"),
      axis: null,
      measures: ["amountFen", "records", "households", "persons", "personTimes"],
    },
    {
      name: text("帮扶项目", "Kind of aid"),
      axis: "aidCategory",
      measures: ["households", "persons", "amountFen"],
      groups: [
        group("生活救助", "Living", ["living"]),
        group("医疗救助", "Medical", ["medical"]),
        group("助学", "Education", ["education"]),
        group("取暖", "Heating", ["heating"]),
        group("住房", "Housing", ["housing"]),
        group("临时救助", "Emergency", ["emergency"]),
      ],
    },
    {
      name: text("四季品牌和普惠服务", "Seasonal programmes and services for all"),
      axis: "programme",
      measures: ["persons", "amountFen"],
      groups: [
        season("春送岗位", "Spring jobs", "spring", ["posts", "persons", "amountFen"]),
        season("夏送清凉", "Cool summer", "summer", ["packs", "persons", "amountFen"]),
        season("金秋助学", "Golden autumn", "autumn", ["households", "persons", "amountFen"]),
        season("冬送温暖", "Warm winter", "winter", ["households", "persons", "amountFen"]),
        season("困难职工帮扶", "Aid to those in need", "assistance", ["households", "persons", "amountFen"]), // prettier-ignore
        season("爱心早餐", "Breakfasts", "breakfast"),
        group("健康体检", "Health checks", ["health-check"]),
        group("疗休养", "Recuperation", ["recuperation"]),
      ],
    },
    sources([TREASURIES, UNIONS, EMPLOYERS, DONATIONS, group("对口援助", "Paired assistance", ["paired-assistance"])]), // prettier-ignore
  ],
  notes: [
    text(
      "在档户数的变动（期初、新增、返困、脱困、注销、期末）以全国工会帮扶工作管理系统为准，本表不列；到位、结余、执行率和与上年比较，见年度汇总表。",
      "Changes of the register (opening, new, relapsed, exited, cancelled, closing) are kept in the national assistance system and not listed; received, left, execution rate and the year before stand in the yearly summary.",
    ),
  ],
});

const warmWinter = form({
  title: text("送温暖统计表", "Warm Winter statistics"),
  rows: "organisation",
  filter: { seasons: ["winter"] },
  blocks: [
    {
      name: text("发放款物合计", "Money and goods given"),
      axis: null,
      measures: ["amountFen", "employers", "households", "persons", "personTimes"],
    },
    {
      name: text("其中", "Of which"),
      axis: "form",
      measures: ["amountFen"],
      groups: [
        group("慰问金", "Money", ["transfer", "cash"]),
        group("慰问品折款", "Goods, as money", ["goods"]),
        group("提货券", "Goods vouchers", ["voucher"]),
        group("款物兼有", "Money and goods", ["mixed"]),
      ],
    },
    {
      name: text("走访慰问对象", "Who was visited"),
      axis: "recipientKind",
      measures: ["persons", "amountFen"],
      groups: [
        group("一线职工", "Front-line workers", ["frontline-workers"]),
        group("困难职工（含子女）", "Workers in need (and children)", ["needy-workers", "needy-worker-children"], ["households", "persons", "amountFen"]), // prettier-ignore
        group("农民工", "Migrant workers", ["migrant-workers"]),
        group("劳模工匠", "Model workers", ["model-workers"]),
        group("新就业形态劳动者", "New forms of employment", ["new-employment-workers"]),
        group("户外、环卫职工", "Outdoor and sanitation workers", ["outdoor-workers", "sanitation-workers"]), // prettier-ignore
      ],
    },
    sources([TREASURIES, ABOVE, PREFECTURES, COUNTIES, EMPLOYERS, DONATIONS]),
  ],
});

const coolSummer = form({
  title: text("夏送清凉统计表", "Cool Summer statistics"),
  rows: "organisation",
  filter: { seasons: ["summer"] },
  blocks: [
    {
      name: text("投入合计", "All that was given"),
      axis: null,
      measures: ["amountFen", "employers", "sessions", "persons", "personTimes", "packs"],
    },
    {
      name: text("慰问对象", "Who was visited"),
      axis: "recipientKind",
      measures: ["persons", "packs", "amountFen"],
      groups: [
        group("户外劳动者", "Outdoor workers", ["outdoor-workers"]),
        group("环卫职工", "Sanitation workers", ["sanitation-workers"]),
        group("新就业形态劳动者", "New forms of employment", ["new-employment-workers"]),
        group("一线职工", "Front-line workers", ["frontline-workers"]),
      ],
    },
    sources([TREASURIES, UNIONS, EMPLOYERS, DONATIONS]),
  ],
});

const goldenAutumn = form({
  title: text("金秋助学汇总表", "Golden Autumn education aid, summed"),
  rows: "organisation",
  filter: { seasons: ["autumn"] },
  blocks: [
    {
      name: text("救助合计", "All aid"),
      axis: null,
      measures: ["amountFen", "households", "persons", "records"],
    },
    {
      name: text("救助对象", "Who was aided"),
      axis: "recipientKind",
      measures: ["households", "persons", "amountFen"],
      groups: [
        group("困难职工子女", "Children of workers in need", ["needy-worker-children"]),
        group("困难职工", "Workers in need", ["needy-workers"]),
        group("职工子女", "Workers’ children", ["worker-children"]),
      ],
    },
    {
      name: text("发放形式", "Form"),
      axis: "form",
      measures: ["amountFen"],
      groups: [group("银行转账", "Bank transfer", ["transfer"]), group("现金", "Cash", ["cash"])],
    },
    sources([TREASURIES, ABOVE, PREFECTURES, COUNTIES, EMPLOYERS, DONATIONS]),
  ],
  notes: [
    text(
      "逐人的姓名、学校、层次、新增或续助记在签领表和各笔凭证里，本表只汇总户数、人数和金额。",
      "Names, schools, levels, new or continued aid stand in the sign-off sheets and the vouchers; this table sums households, persons and money.",
    ),
  ],
});

const fourSeasons = form({
  title: text("四季品牌一览", "The four seasonal programmes at a glance"),
  rows: "programme",
  filter: { seasons: ["spring", "summer", "autumn", "winter"] },
  blocks: [
    {
      name: text("全年", "The year"),
      axis: null,
      measures: [
        "amountFen",
        "records",
        "employers",
        "households",
        "persons",
        "personTimes",
        "packs",
        "sessions",
        "posts",
      ],
    },
    {
      name: text("按市州分的金额", "Amount by prefecture"),
      axis: "prefecture",
      measures: ["amountFen"],
    },
  ],
});

/** A cross table as it stands, as a form: its sum, then its columns. */
export const formOf = (over: Pick<Layout, "title" | "rows" | "blocks" | "filter" | "emptyRows">) =>
  form(over);

export const SUM = text("合计", "Total");

export const SHIPPED: Record<ShippedId, Layout> = {
  annual,
  "warm-winter": warmWinter,
  "cool-summer": coolSummer,
  "golden-autumn": goldenAutumn,
  "four-seasons": fourSeasons,
};

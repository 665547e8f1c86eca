import { COUNT_UNITS, type CountUnit } from "@/lib/kernel/counts";
import { UNIT_WORDS } from "@/lib/kernel/count-reading";
import type { MoneyUnit } from "@/lib/kernel/money";
import type { Locale } from "@/lib/kernel/preferences";
import { AID_FORMS, AMOUNT_KINDS, type AidForm, type AmountKind } from "@/lib/kernel/record-codes";
import type { TextField } from "@/lib/kernel/record-fields";
import { visibleText } from "@/lib/kernel/typed-text";
import { MOST_SOURCES, rowColumns, type PlainColumn, type RowColumn } from "./types";

type Headings = Record<Exclude<PlainColumn, CountUnit | TextField>, string> &
  Record<CountUnit | TextField, string> & {
    source: (number: number) => string;
    share: (number: number) => string;
  };

/** The head of each column, as a template has it and the ledger's file. */
const HEADINGS: Record<Locale, Headings> = {
  "zh-CN": {
    organisation: "发放单位",
    programme: "项目",
    aidCategory: "救助类别",
    recipientKind: "对象类别",
    form: "形式",
    paidOn: "发放日期",
    periodFrom: "起始日期",
    periodTo: "截止日期",
    amount: "金额（元）",
    amountKind: "金额性质",
    amountWording: "公布的说法",
    cash: "现金（元）",
    goods: "实物折价（元）",
    households: "户数",
    persons: "人数",
    personTimes: "人次",
    packs: "份数",
    employers: "单位数",
    sessions: "场次",
    posts: "岗位数",
    counts: "户数/人数",
    rateUnit: "单价（元）",
    rateCount: "数量",
    rateTimes: "次数",
    rateNote: "计算说明",
    source: (number) => `资金来源${number === 1 ? "" : number}`,
    share: (number) => `金额${number}（元）`,
    campaign: "活动批次",
    note: "备注",
  },
  en: {
    organisation: "Paying union",
    programme: "Programme",
    aidCategory: "Aid category",
    recipientKind: "Recipients",
    form: "Form",
    paidOn: "Paid on",
    periodFrom: "Period from",
    periodTo: "Period to",
    amount: "Amount (yuan)",
    amountKind: "Amount is",
    amountWording: "As published",
    cash: "Cash (yuan)",
    goods: "Goods (yuan)",
    households: "Households",
    persons: "Persons",
    personTimes: "Person-times",
    packs: "Packs",
    employers: "Employers",
    sessions: "Sessions",
    posts: "Posts",
    counts: "Households/persons",
    rateUnit: "Unit price (yuan)",
    rateCount: "Quantity",
    rateTimes: "Times",
    rateNote: "Basis note",
    source: (number) => `Fund source${number === 1 ? "" : ` ${number}`}`,
    share: (number) => `Amount ${number} (yuan)`,
    campaign: "Campaign",
    note: "Note",
  },
};

/** Which of several sources a column is of, from 1; undefined for every other column. */
export function sourceOf(
  column: RowColumn,
): { number: number; part: "source" | "share" } | undefined {
  const [, part, digits] = /^(fundSource|shareAmount)([1-9]\d*)$/.exec(column) ?? [];
  if (digits === undefined) return undefined;
  return { number: Number(digits), part: part === "fundSource" ? "source" : "share" };
}

/** Where the column of a problem's path stands. */
export function columnOf(path: string): RowColumn {
  const [head = "", index = "", part] = path.split(".");
  if (head === "shares")
    return `${part === "fundSource" ? "fundSource" : "shareAmount"}${Number(index) + 1}`;
  if (head === "counts") return index as RowColumn;
  if (head === "rate") return ({ unitFen: "rateUnit", count: "rateCount", times: "rateTimes" } as const)[index] ?? "rateUnit"; // prettier-ignore
  return (head.endsWith("Fen") ? head.slice(0, -3) : head) as RowColumn;
}

/** The head of a column. */
export function headingOf(column: RowColumn, locale: Locale): string {
  const words = HEADINGS[locale];
  const of = sourceOf(column);
  return of ? words[of.part](of.number) : words[column as PlainColumn];
}

/** What the same column is called elsewhere: in the ledger's file, in tables of counties, in our API. */
const SYNONYMS: Record<PlainColumn | "source" | "share", readonly string[]> = {
  organisation: ["单位", "单位名称", "单位代码", "工会", "工会名称", "填报单位", "所属工会", "组织", "organisation", "organization", "union", "unioncode", "payingorganisation", "县区", "区县", "县市区", "县(市、区)"], // prettier-ignore
  programme: ["项目名称", "项目代码", "帮扶项目", "救助项目", "慰问项目", "活动项目", "program"],
  aidCategory: ["救助类型", "帮扶类别", "帮扶类型", "类别", "aidtype", "category"],
  recipientKind: ["对象", "对象类型", "救助对象", "帮扶对象", "慰问对象", "发放对象", "受助对象", "人员类别", "recipientkind", "recipient"], // prettier-ignore
  form: ["发放形式", "发放方式", "慰问形式", "救助形式", "救助方式", "帮扶方式", "支付方式"],
  paidOn: ["日期", "时间", "发放时间", "慰问日期", "慰问时间", "救助日期", "救助时间", "帮扶时间", "活动日期", "活动时间", "支付日期", "date", "资助日期", "资助时间", "补助日期", "补助时间"], // prettier-ignore
  periodFrom: ["开始日期", "起始时间", "开始时间", "期间起", "起日", "自", "from", "startdate"],
  periodTo: [
    "结束日期",
    "截止时间",
    "终止日期",
    "结束时间",
    "期间止",
    "止日",
    "至",
    "to",
    "enddate",
  ],
  amount: ["发放金额", "救助金额", "帮扶金额", "慰问金额", "资助金额", "投入资金", "投入金额", "资金", "总金额", "金额合计", "合计金额", "发放款物合计", "款物合计", "补助金额", "补贴金额", "救助资金", "帮扶资金", "慰问资金", "发放资金", "支出金额", "实发金额"], // prettier-ignore
  amountKind: ["金额是否准确", "exactness"],
  amountWording: ["原文说法"],
  cash: ["慰问金", "现金金额"],
  goods: ["实物", "实物折款", "物资折价", "物资折款", "折款", "折价", "慰问品折款"],
  households: ["户", "救助户数", "帮扶户数", "慰问户数", "困难户数", "资助户数", "惠及户数"],
  persons: ["人", "救助人数", "帮扶人数", "慰问人数", "受益人数", "覆盖人数", "慰问职工", "people", "personcount", "发放人数", "资助人数", "惠及人数", "参与人数"], // prettier-ignore
  personTimes: [
    "人次数",
    "救助人次",
    "帮扶人次",
    "慰问人次",
    "服务人次",
    "受益人次",
    "惠及人次",
    "参与人次",
  ],
  packs: ["份", "发放份数", "清凉包", "慰问品份数", "物资份数"],
  employers: ["企业数", "走访企业", "走访单位", "走访企业数", "走访单位数", "家数"],
  sessions: ["场", "场数", "活动场次"],
  posts: ["岗位", "提供岗位", "提供岗位数"],
  counts: ["户/人", "户人", "户数人数", "户(人)数", "人数/户数", "人/户", "户数、人数", "救助户数/人数", "受益户数/人数"], // prettier-ignore
  rateUnit: [
    "单价",
    "标准",
    "发放标准",
    "救助标准",
    "慰问标准",
    "人均标准",
    "rateunit",
    "unitrate",
  ],
  rateCount: ["数目"],
  rateTimes: ["天数", "次", "月数", "days", "months"],
  rateNote: ["计算式说明", "计算依据"],
  source: ["资金渠道", "经费来源", "资金出处", "来源", "source", "fund"],
  share: ["来源金额", "分摊金额", "share"],
  campaign: ["批次", "活动", "活动名称", "所属活动"],
  note: ["说明", "摘要", "remark", "remarks", "notes"],
};

/** Nothing in it tells two columns apart but brackets, which hold the unit. */
const fold = (text: string) =>
  visibleText(text)
    .toLowerCase()
    .replace(/[\s_\-—·*:;"'“”]/g, "")
    .replace(/[[【〔{]/g, "(")
    .replace(/[\]】〕}]/g, ")");

/** Not part of the name: that it must be filled in, and how. */
const ASIDE = /\((?:必填|选填|可不填|required|optional)\)/g;

const MONEY_UNITS: Record<string, MoneyUnit> = { 元: "yuan", yuan: "yuan", rmb: "yuan", 人民币: "yuan", 人民币元: "yuan", 万元: "wan", 万: "wan", wan: "wan", "10000yuan": "wan" }; // prettier-ignore

const PLAIN_HEADS = new Map<string, RowColumn>(
  rowColumns(1)
    .filter((column): column is PlainColumn => sourceOf(column) === undefined)
    .flatMap((column) =>
      [column, HEADINGS["zh-CN"][column], HEADINGS.en[column], ...SYNONYMS[column]].map(
        (word) => [fold(word).replace(/\((?:元|yuan)\)$/, ""), column] as const,
      ),
    ),
);
const NUMBERS: Record<string, number> = { 一: 1, 二: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9, 十: 10 }; // prettier-ignore
const heads = (part: "source" | "share", words: readonly string[]) =>
  new Set([...words, ...SYNONYMS[part]].map(fold));
const SOURCE_HEADS = heads("source", ["资金来源", "fundSource", "fundsource"]);
const SHARE_HEADS = heads("share", ["金额", "amount", "shareAmount"]);

/** 金额2 is of the second source; 资金来源 of the first; 金额 alone is the amount. */
function numbered(name: string): RowColumn | null {
  const [, word = "", digits] = /^(.*?)([1-9]\d*|[一二三四五六七八九十])?$/.exec(name) ?? [];
  const number = digits === undefined ? 1 : (NUMBERS[digits] ?? Number(digits));
  if (number > MOST_SOURCES) return null;
  if (SOURCE_HEADS.has(word)) return `fundSource${number}`;
  return SHARE_HEADS.has(word) ? `shareAmount${number}` : null;
}

const MONEY = new Set<RowColumn>(["amount", "cash", "goods", "rateUnit"]);

/** Money in yuan where nothing else is said. */
export const isMoney = (column: RowColumn): boolean =>
  MONEY.has(column) || sourceOf(column)?.part === "share";

type Head = { column: RowColumn; unit: MoneyUnit | null };

function named(name: string): RowColumn | null {
  return PLAIN_HEADS.get(name) ?? numbered(name);
}

/** In brackets, behind a stroke or a comma, or at the end: 金额（万元） · 金额/万元 · 金额万元. */
const UNIT =
  /^(?<name>.+?)(?:\((?:单位[:：]?)?(?<inside>[^()]*)\)|[/,，、](?<behind>[^/,，、()]+)|(?<at>万元))$/;

/** 金额（千元） read as yuan, or 人数（万人） as persons, would be wrong by a thousand: such a unit leaves the column unread. */
function unitOf(column: RowColumn, said: string): MoneyUnit | "none" | null {
  if (isMoney(column))
    return MONEY_UNITS[column === "rateUnit" ? said.replace(/[/每].*$/, "") : said] ?? null;
  const counted = COUNT_UNITS.some((unit) => unit === column);
  if (!counted) return "none";
  return UNIT_WORDS.some(([word, unit]) => word === said && unit === column) ? "none" : null;
}

function headOf(cell: string): Head | null {
  const text = fold(cell)
    .replace(ASIDE, "")
    .replace(/\((\d+)\)$/, "$1");
  const whole = named(text);
  if (whole !== null) return { column: whole, unit: isMoney(whole) ? "yuan" : null };
  const { name = "", inside, behind, at } = UNIT.exec(text)?.groups ?? {};
  const column = named(name);
  const said = inside ?? behind ?? at;
  if (column === null || said === undefined) return null;
  if (inside === undefined && !isMoney(column)) return null;
  const unit = unitOf(column, said);
  return unit === null ? null : { column, unit: unit === "none" ? null : unit };
}

export type HeaderMatch = {
  /** A column each, in the order of the cells; null where none is meant. */
  columns: (RowColumn | null)[];
  units: Partial<Record<RowColumn, MoneyUnit>>;
  /** Heads that stand for no column of ours, or for one that an earlier cell has taken. */
  unknown: string[];
};

/** Which column each cell of a header row is: by its words, never by their likeness. */
export function matchHeader(cells: readonly string[]): HeaderMatch {
  const units: HeaderMatch["units"] = {};
  const unknown: string[] = [];
  const taken = new Set<RowColumn>();
  const columns = cells.map((cell) => {
    if (visibleText(cell) === "") return null;
    const head = headOf(cell);
    if (head === null || taken.has(head.column)) {
      unknown.push(cell);
      return null;
    }
    taken.add(head.column);
    if (head.unit !== null) units[head.column] = head.unit;
    return head.column;
  });
  return { columns, units, unknown };
}

/** How a word of a closed list may be written in a cell, besides its code. */
const FORM_WORDS: Record<AidForm, readonly string[]> = {
  transfer: ["银行转账", "转账", "打卡", "银行卡", "汇款", "对公转账", "bank transfer"],
  cash: ["现金", "慰问金", "金", "款"],
  goods: ["实物", "物资", "慰问品", "物品", "物"],
  voucher: ["券卡", "券", "卡", "提货券", "消费券", "购物卡", "voucher or card"],
  service: ["服务"],
  mixed: ["款物兼有", "款物", "现金和实物", "现金+实物", "金物", "money and goods"],
};
const AMOUNT_KIND_WORDS: Record<AmountKind, readonly string[]> = {
  exact: ["准确", "准确数", "确数"],
  estimated: ["约数", "估算", "大约"],
  unvalued: ["未计价", "未折价", "不计价"],
  none: ["不涉及资金", "无资金", "不涉及", "no money", "no money involved"],
};

/** What stands where nothing is meant. */
const EMPTY = new Set(["-", "--", "—", "——", "–", "/", "无", "空", "n/a", "na", "none"]);

export const isEmptyCell = (text: string): boolean => {
  const visible = visibleText(text);
  return visible === "" || EMPTY.has(visible.toLowerCase());
};

const wordOf = <W extends string>(codes: readonly W[], words: Record<W, readonly string[]>) => {
  const byWord = new Map(
    codes.flatMap((code) => [code, ...words[code]].map((word) => [fold(word), code] as const)),
  );
  return (text: string): W | null => byWord.get(fold(text)) ?? null;
};

export const formNamed = wordOf(AID_FORMS, FORM_WORDS);
export const amountKindNamed = wordOf(AMOUNT_KINDS, AMOUNT_KIND_WORDS);

type AliasedList = "programmes" | "aidCategories" | "recipientKinds" | "fundSources";

/** What shipped codes are called besides, as tables of counties write them. A code that is not there has none. */
export const ALIASES: Record<AliasedList, Readonly<Record<string, readonly string[]>>> = {
  programmes: {
    "spring-jobs": ["春风行动", "春送岗位活动"],
    "cool-summer": ["送清凉", "夏季送清凉"],
    "golden-autumn": ["助学", "金秋助学活动", "秋助学"],
    "warm-winter": ["送温暖", "冬季送温暖"],
    "festival-visits": ["两节送温暖", "元旦春节慰问", "双节慰问"],
    "love-breakfast": ["早餐", "爱心早餐工程"],
    "needy-worker-aid": ["困难帮扶", "困难职工救助"],
    "condolence-visits": ["走访慰问", "日常慰问"],
    "health-check": ["体检"],
  },
  aidCategories: {
    living: ["生活救助", "生活补助"],
    medical: ["医疗救助", "大病救助"],
    education: ["助学救助", "子女助学"],
    heating: ["取暖补贴"],
    housing: ["住房补贴"],
    emergency: ["临时救助"],
    solatium: ["慰问金"],
    goods: ["实物"],
    meals: ["餐饮", "早餐"],
    services: [],
  },
  recipientKinds: {
    "needy-workers": ["困难职工家庭", "建档困难职工"],
    "frontline-workers": ["一线工人", "一线员工"],
    "outdoor-workers": ["户外工作者", "户外职工"],
    "sanitation-workers": ["环卫工人", "环卫工"],
    "new-employment-workers": ["新业态劳动者", "新就业形态", "新业态"],
    "model-workers": ["劳模", "劳动模范"],
    "migrant-workers": ["困难农民工"],
  },
  fundSources: {
    "central-treasury": ["中央财政专项", "中央资金", "中央财政资金", "中央专项"],
    "provincial-treasury": ["省级财政", "省财政资金", "省级财政资金"],
    "prefectural-treasury": ["市财政", "州财政", "市级财政"],
    "county-treasury": ["县级财政", "区财政", "县财政资金"],
    acftu: ["全总", "中华全国总工会"],
    "provincial-union": ["省总工会", "省总", "省级工会经费"],
    "prefectural-union": ["市总工会", "州总工会", "市级工会经费", "州级工会经费"],
    "county-union": ["县总工会", "区总工会", "县级工会经费"],
    "union-funds-unspecified": ["工会经费"],
    employer: ["行政拨付", "行政", "企业行政"],
    donation: ["捐助", "捐赠", "社会捐赠", "社会", "社会资金"],
  },
};

/** How names are compared: as they are seen, whatever the width, case and spaces. */
export const foldName = fold;

/** As a row says it in the reader's language; the code is English. */
export const formWord = (form: AidForm, locale: Locale): string =>
  (locale === "en" ? null : FORM_WORDS[form][0]) ?? form;

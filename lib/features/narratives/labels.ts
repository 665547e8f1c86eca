import type { Coded } from "@/lib/features/reference/types";
import type { CountUnit } from "@/lib/kernel/counts";
import type { Locale } from "@/lib/kernel/preferences";
import type { Origin } from "@/lib/kernel/record-codes";
import { wholeText } from "@/lib/kernel/written";
import { clause, joined, orNothing } from "./rules";
import type { Clause } from "./types";

/** The figures of a sentence, each a token, or null where it is not known. */
export type Figured = Record<CountUnit | "amount" | "records" | "unvalued", Clause>;

/** What was given, and to whom; `kind` null: to several kinds. */
type Given = {
  category: Coded;
  kind: Coded | null;
  form: string | null;
  contributory: boolean;
};

type Notes = Record<"estimated" | "unvalued" | "submitted" | "withoutReceipts", Clause>;
type Opening = { place: string; underWay: boolean; received: Clause; figures: Figured };

/** The turns of a work brief. */
type Words = {
  heading: (of: { year: number; place: string; day: string; origin: Origin }) => string[];
  place: (name: string, alone: boolean) => string;
  count: (unit: CountUnit, count: number, form: string | null) => string;
  records: (count: number) => string;
  organisations: (count: number) => string;
  opening: (of: Opening) => Clause;
  nothing: (place: string, underWay: boolean) => string;
  head: (name: string) => string;
  lead: (figures: Figured) => Clause;
  part: (given: Given, figures: Figured) => Clause;
  parts: (lead: Clause, parts: readonly Clause[]) => Clause;
  brief: (name: string, figures: Figured) => Clause;
  briefs: (programmes: readonly Clause[]) => Clause;
  /** Under its own head, or in a paragraph of its own. */
  apart: (name: string, headed: boolean) => string;
  own: (name: string) => string;
  spentBy: (name: string, figures: Figured) => Clause;
  places: (places: readonly Clause[]) => Clause;
  notes: (notes: Notes) => Clause;
  signed: (name: string) => string;
  /** What a file of it is called. */
  file: string;
};

const COUNTED: Record<CountUnit, string> = {
  households: "户",
  persons: "名",
  personTimes: "人次",
  packs: "份",
  employers: "家",
  sessions: "场",
  posts: "个",
};

const MONEY = ["cash", "transfer"];
const ofMoney = (form: string | null) => form !== null && MONEY.includes(form);

type Things = Record<"money" | "goods" | "voucher" | "service" | "mixed", string>;
const thingOf = (form: string | null): keyof Things =>
  form === null ? "mixed" : ofMoney(form) ? "money" : (form as keyof Things);

/** As the trade calls it; a category that is new is called by its name. */
const THINGS: Record<string, Partial<Things>> = {
  living: { money: "生活救助金" },
  medical: { money: "医疗救助金" },
  education: { money: "助学金" },
  solatium: { money: "慰问金", goods: "慰问品", mixed: "慰问款物" },
  emergency: { money: "临时救助金" },
  goods: { goods: "慰问物资", voucher: "提货券", mixed: "慰问物资", service: "服务" },
  meals: { goods: "餐食", voucher: "餐券", service: "餐食", mixed: "餐食" },
  services: { voucher: "服务券、卡", service: "服务", mixed: "服务" },
  multiple: { money: "各项补助金", goods: "各项物资", mixed: "各项款物" },
};

function thing({ category, form, contributory }: Given): string {
  const name = category.nameZh;
  if (contributory) return `${name}互助金`;
  const plain: Things = {
    money: `${name}补助金`,
    goods: `${name}物资`,
    voucher: `${name}券、卡`,
    service: `${name}服务`,
    mixed: `${name}款物`,
  };
  return THINGS[category.code]?.[thingOf(form)] ?? plain[thingOf(form)];
}

const recipients = (kind: Coded | null): string =>
  kind === null || kind.code === "several-kinds" ? "各类职工" : kind.nameZh;

function part(given: Given, figures: Figured): Clause {
  const { form, contributory } = given;
  const who = recipients(given.kind);
  const counted = joined([figures.households, figures.persons], "、");
  const to = clause`为${counted}${who}` ?? [`向${who}`];
  const what = thing(given);
  const served = form === "service" || what === "餐食" || what === "服务";
  const money = ofMoney(form) || (form === "mixed" && figures.packs === null);
  const amount = figures.amount;
  const given_ = [
    clause`${served ? "提供" : "发放"}${what}${orNothing(figures.packs)}${orNothing(money ? amount : null)}`,
    money ? null : clause`${served ? "支出" : "价值"}${amount}`,
    clause`惠及${figures.personTimes}`,
    clause`覆盖${figures.employers}单位`,
    clause`开展活动${figures.sessions}`,
    clause`提供岗位${figures.posts}`,
  ];
  const known = [counted, amount, ...(["packs", "personTimes", "employers", "sessions", "posts"] as const).map((unit) => figures[unit])]; // prettier-ignore
  if (known.every((one) => one === null)) return null;
  const unpriced = amount === null ? null : clause`（另有${figures.unvalued}未计价）`;
  const verb = contributory ? "支付" : null;
  const said = clause`${to}${orNothing(joined(given_, "，"))}${orNothing(unpriced)}`;
  return verb === null ? said : said && said.map((one) => (one === "发放" ? verb : one));
}

const reached = ({ households, persons, personTimes }: Figured): Clause =>
  joined([households, clause`${persons}职工群众`, personTimes], "、");

const zh: Words = {
  heading: ({ year, place, day, origin }) => [
    `${place}${year}年帮扶工作简报`,
    `（${origin === "demo" ? "演示数据，不是真实发放；" : ""}数据截至${day}）`,
  ],
  place: (name, alone) => (alone ? name : `${name}及所属各级工会`),
  count: (unit, count, form) =>
    `${count}${unit === "packs" && form === "voucher" ? "张" : COUNTED[unit]}`,
  records: (count) => `${count}笔`,
  organisations: (count) => `${count}家`,
  opening: ({ place, underWay, received, figures }) => {
    const said = joined(
      [
        clause`到位帮扶资金${received}`,
        clause`支出${figures.amount}`,
        clause`登记发放${figures.records}`,
        clause`惠及${reached(figures)}`,
      ],
      "，",
    );
    return clause`${underWay ? "今年以来" : "全年"}，${place}${said}。`;
  },
  nothing: (place, underWay) => `${underWay ? "今年以来" : "全年"}，${place}没有已审核的发放记录。`,
  head: (name) => `${name}。`,
  lead: (figures) =>
    joined(
      [
        clause`登记发放${figures.records}`,
        clause`支出${figures.amount}`,
        clause`惠及${reached(figures)}`,
      ],
      "，",
    ),
  part,
  parts: (lead, parts) => {
    const said = joined(parts, "；");
    if (said === null) return clause`${lead}。`;
    return lead === null ? clause`${said}。` : clause`${lead}。其中，${said}。`;
  },
  brief: (name, figures) => {
    const said = joined([clause`支出${figures.amount}`, clause`惠及${reached(figures)}`], "，"); // prettier-ignore
    return said === null ? clause`${name}登记发放${figures.records}` : clause`${name}${said}`;
  },
  briefs: (programmes) => clause`${joined(programmes, "；")}。`,
  apart: (name, headed) => `${headed ? "" : name}由职工缴费，单列，不计入上面的支出。`,
  own: (name) => `${name}本级`,
  spentBy: (name, { amount }) => clause`${name}${amount}`,
  places: (places) => clause`按行政区划顺序，各单位支出：${joined(places, "，")}。`,
  notes: ({ estimated, unvalued, submitted, withoutReceipts }) => {
    const said = joined(
      [
        clause`以上金额中${estimated}为约数`,
        clause`另有${unvalued}未计价，计入笔数和人数，不计入金额`,
        clause`${submitted}已上报待审，未计入`,
        clause`${withoutReceipts}单位有支出而未登记到位资金`,
      ],
      "；",
    );
    return clause`${said}。`;
  },
  signed: (name) => `（${name}）`,
  file: "工作简报",
};

const PLURALS: Record<CountUnit | "vouchers" | "records" | "unions", [one: string, many: string]> =
  {
    households: ["household", "households"],
    persons: ["person", "persons"],
    personTimes: ["person-time", "person-times"],
    packs: ["pack", "packs"],
    employers: ["employer", "employers"],
    sessions: ["session", "sessions"],
    posts: ["post", "posts"],
    vouchers: ["voucher", "vouchers"],
    records: ["disbursement", "disbursements"],
    unions: ["union", "unions"],
  };
const plural = (what: keyof typeof PLURALS, count: number): string =>
  `${wholeText(count)} ${PLURALS[what][count === 1 ? 0 : 1]}`;

const lower = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

/** One, another and a third. */
function listed(clauses: readonly Clause[]): Clause {
  const known = clauses.filter((one) => one !== null);
  return joined([joined(known.slice(0, -1), ", "), known.at(-1) ?? null], " and ");
}

const reachedInEnglish = ({ households, persons, personTimes }: Figured): Clause =>
  listed([households, persons, personTimes]);

function thingInEnglish({ category, form, contributory }: Given): string {
  const name = lower(category.nameEn);
  if (contributory) return "mutual aid";
  if (category.code === "services" || category.code === "meals" || category.code === "goods")
    return form === "voucher" ? "vouchers" : name;
  if (category.code === "solatium") return ofMoney(form) ? "solatium payments" : "solatium";
  if (category.code === "multiple") return "aid of several categories";
  return `${name} aid`;
}

function partInEnglish(given: Given, figures: Figured): Clause {
  const { packs, personTimes, employers, sessions, posts, amount } = figures;
  const counted = joined([figures.households, figures.persons, personTimes], ", ");
  const some = [counted, packs, employers, sessions, posts, amount];
  if (some.every((one) => one === null)) return null;
  const { kind } = given;
  const who =
    kind === null || kind.code === "several-kinds"
      ? "workers of several kinds"
      : lower(kind.nameEn);
  const to = clause`for ${counted} (${who})` ?? [`for ${who}`];
  const what = thingInEnglish(given);
  const said = clause`${amount} in ${what}` ?? [what];
  const beside = joined([packs, employers, sessions, posts], ", ");
  const unpriced = amount === null ? null : clause` (besides ${figures.unvalued} not priced)`;
  return clause`${said} ${to}${orNothing(clause`, ${beside}`)}${orNothing(unpriced)}`;
}

const en: Words = {
  heading: ({ year, place, day, origin }) => [
    `Work brief on relief in ${year}: ${place}`,
    `(${origin === "demo" ? "Demonstration data, not real disbursements; as" : "As"} of ${day})`,
  ],
  place: (name, alone) => (alone ? `the ${name}` : `the ${name} with the unions below it`),
  count: (unit, count, form) =>
    plural(unit === "packs" && form === "voucher" ? "vouchers" : unit, count),
  records: (count) => plural("records", count),
  organisations: (count) => plural("unions", count),
  opening: ({ place, underWay, received, figures }) => {
    const said = listed([
      clause`received ${received} for relief`,
      clause`spent ${figures.amount}`,
      clause`recorded ${figures.records}`,
      clause`reached ${reachedInEnglish(figures)}`,
    ]);
    return clause`${underWay ? "So far this year" : "Over the year"} ${place} ${said}.`;
  },
  nothing: (place, underWay) =>
    `${underWay ? "So far this year" : "Over the year"} ${place} has no approved disbursement.`,
  head: (name) => `${name}: `,
  lead: (figures) =>
    joined(
      [
        figures.records,
        clause`${figures.amount} spent`,
        clause`${reachedInEnglish(figures)} reached`,
      ],
      ", ",
    ),
  part: partInEnglish,
  parts: (lead, parts) => {
    const said = joined(parts, "; ");
    if (said === null) return clause`${lead}.`;
    return lead === null ? clause`${said}.` : clause`${lead}. Of these: ${said}.`;
  },
  brief: (name, figures) => {
    const said = joined([clause`${figures.amount} spent`, clause`${reachedInEnglish(figures)} reached`], ", "); // prettier-ignore
    return said === null ? clause`${name}: ${figures.records}` : clause`${name}: ${said}`;
  },
  briefs: (programmes) => clause`${joined(programmes, "; ")}.`,
  apart: (name, headed) =>
    headed
      ? "paid for by its members, apart from what is spent above; "
      : `${name} is paid for by its members and stands apart from what is spent above. `,
  own: (name) => `${name} itself`,
  spentBy: (name, { amount }) => clause`${name} ${amount}`,
  places: (places) => clause`Spent, in the order of the administrative codes: ${joined(places, "; ")}.`, // prettier-ignore
  notes: ({ estimated, unvalued, submitted, withoutReceipts }) => {
    const said = joined(
      [
        clause`the amounts of ${estimated} are estimates`,
        clause`${unvalued} not priced yet count as records and persons, not as money`,
        clause`${submitted} awaiting approval not counted`,
        clause`${withoutReceipts} spent without a recorded allotment`,
      ],
      "; ",
    );
    return clause`Notes: ${said}.`;
  },
  signed: (name) => `(${name})`,
  file: "Work-brief",
};

export function narrativeWords(locale: Locale): Words {
  return locale === "en" ? en : zh;
}

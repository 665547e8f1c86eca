import { beforeFestival, daysIn, weekday } from "./days";
import type { Place } from "./places";
import type { Random } from "./random";
import { record, type DemoRecord } from "./record";
import { perHead } from "./answers";

/** One organisation's year in one programme. */
export type YearPlan = (place: Place, year: number, random: Random) => DemoRecord[];

export const breakfasts: YearPlan = (place, year, random) => {
  const { breakfast } = place;
  if (!breakfast) return [];
  const stalls = Math.max(1, Math.round(breakfast.eaters / 45));
  return Array.from({ length: 12 }, (_, index) => {
    const month = index + 1;
    const count = random.about(breakfast.eaters, 4);
    const times = daysIn(year, month);
    return record(place, year, {
      programme: "love-breakfast",
      month,
      rate: { unitFen: breakfast.unitFen, count, times, note: breakfast.note },
      counts: { persons: count, personTimes: count * times },
      // 1.8 : 1 of union money to treasury money, or half and half, as the agreements say.
      from: breakfast.halves
        ? [[place.union, 1], [place.treasury, 1]] // prettier-ignore
        : [[place.union, 10], ["provincial-union", 8], [place.treasury, 10]], // prettier-ignore
      note: `${month}月份环卫职工爱心早餐，供餐门店${stalls}家，按扫码签领数与门店月结。`,
    });
  });
};

function festivalNeedy(place: Place, year: number, random: Random): DemoRecord {
  return record(place, year, {
    programme: "festival-visits",
    on: beforeFestival(random, year),
    rate: { unitFen: 200_000n, count: place.households, times: 1 },
    counts: { households: place.households },
    from: [
      ["central-treasury", random.pick([3, 4])],
      ["provincial-treasury", random.int(0, 2)],
    ],
    kind: "needy-workers",
    form: "TRANSFER",
    campaign: `${year}-festival`,
    note: `春节前为在档困难职工家庭每户发放慰问金2000元，银行转账至本人账户。`,
  });
}

function festivalEmployers(place: Place, year: number, random: Random): DemoRecord {
  const employers = random.int(1, place.people > 150 ? 5 : 2);
  const cash = employers * random.pick([10_000, 20_000, 30_000]);
  const goods = employers * random.about(6_000, 30, 100);
  return record(place, year, {
    programme: "festival-visits",
    on: beforeFestival(random, year),
    yuan: cash + goods,
    cashYuan: cash,
    counts: { employers },
    from: [
      ["provincial-union", 2],
      [place.union, 1],
    ],
    form: "MIXED",
    campaign: `${year}-festival`,
    note: `走访慰问春节期间坚守岗位的企业${employers}家，慰问金转入企业工会账户，慰问品签领至班组。`,
  });
}

const FESTIVAL_GOODS: readonly [string, ...string[]] = [
  "米面油、牛羊肉",
  "米面油、茯茶、糌粑",
  "棉被、保温杯、春联",
  "牛奶、食用油、干果",
];

export const festivalVisits: YearPlan = (place, year, random) => {
  const goods = (kind: string, who: string, share: number, price: number) => {
    const persons = random.about(place.people * share, 25);
    return record(place, year, {
      programme: "festival-visits",
      on: beforeFestival(random, year),
      rate: { unitFen: BigInt(random.about(price, 15, 5)) * 100n, count: persons, times: 1 },
      counts: { persons, packs: persons },
      from: [[place.union, 3], ["provincial-union", random.int(0, 3)], ["donation", random.int(0, 1)]], // prettier-ignore
      kind,
      form: "GOODS",
      campaign: `${year}-festival`,
      note: `两节慰问${who}${persons}人，每人一份${random.pick(FESTIVAL_GOODS)}，本人签领。`,
    });
  };
  const plans = [
    festivalNeedy(place, year, random),
    festivalEmployers(place, year, random),
    goods("frontline-workers", "春节值守的一线职工", 0.8, 230),
    goods("new-employment-workers", "快递员、外卖配送员等新就业形态劳动者", 0.45, 180),
  ];
  if (place.people > 60) plans.push(goods("migrant-workers", "留岗过年的农民工", 0.3, 160));
  const models = random.int(3, 4 + Math.round(place.people / 25));
  plans.push(
    record(place, year, {
      programme: "festival-visits",
      on: weekday(random, year, 12, 15, 30),
      rate: { unitFen: 100_000n, count: models, times: 1 },
      counts: { persons: models },
      from: [
        ["provincial-union", 1],
        [place.union, 1],
      ],
      kind: "model-workers",
      form: "CASH",
      answers: [perHead("劳模慰问标准每人1000元，按省总工会文件执行。")],
      note: `元旦前走访慰问劳模工匠${models}人，每人1000元，入户送达并签领。`,
    }),
  );
  return plans;
};

function warmPacks(place: Place, year: number, month: number, random: Random): DemoRecord {
  const packs = random.about(place.people * 1.6, 30, 5);
  const price = random.about(58, 35);
  const what = random.pick(["手套、暖贴、姜茶", "棉帽、护膝、保温杯", "防寒面罩、暖贴、红糖姜茶"]);
  return record(place, year, {
    programme: "warm-winter",
    on: weekday(random, year, month),
    rate: { unitFen: BigInt(price) * 100n, count: packs, times: 1 },
    counts: { persons: packs, packs },
    from: [[place.union, 3], ["provincial-union", random.int(0, 2)], [place.treasury, random.int(0, 1)]], // prettier-ignore
    kind: "outdoor-workers",
    form: "GOODS",
    ...(month > 6 ? { campaign: `${year}-winter` } : {}),
    note: `为雪天在岗的环卫、交警、供暖、公交等户外职工送去${what}${packs}份。`,
  });
}

export const warmWinter: YearPlan = (place, year, random) => {
  const rangers = random.int(12, 20 + Math.round(place.people / 4));
  const past = Math.max(4, Math.round(place.households * 1.25));
  const plans = [
    warmPacks(place, year, 1, random),
    warmPacks(place, year, random.pick([11, 12]), random),
    record(place, year, {
      programme: "warm-winter",
      on: weekday(random, year, random.pick([11, 12])),
      rate: { unitFen: 200_000n, count: past, times: 1, note: "提货券面值2000元" },
      counts: { households: past, packs: past },
      from: [
        ["provincial-treasury", 2],
        [place.union, 1],
      ],
      kind: "needy-workers",
      form: "VOUCHER",
      note: `为历年在档困难职工${past}户发放生活必需品提货券，每户2000元，凭券到定点商超领取。`,
    }),
    record(place, year, {
      programme: "warm-winter",
      on: weekday(random, year, random.pick([1, 2, 12])),
      rate: { unitFen: 50_000n, count: rangers, times: 1 },
      counts: { persons: rangers },
      from: [[place.union, 1]],
      kind: "forest-rangers",
      form: "CASH",
      note: `看望一线管护站护林员、生态管护员${rangers}人，发放慰问金每人500元。`,
    }),
  ];
  if (!place.helper) return plans;
  const persons = random.about(place.people * 4, 30, 10);
  return [
    ...plans,
    record(place, year, {
      programme: "warm-winter",
      on: weekday(random, year, 12, 5, 28),
      yuan: persons * 400,
      counts: { persons },
      from: [["paired-assistance", 1]],
      answers: [perHead("对口援助资金按每人400元的协议标准执行。")],
      kind: "frontline-workers",
      form: "VOUCHER",
      note: `${place.helper}对口援助资金，为高海拔一线职工${persons}人发放节日餐补，每人400元。`,
    }),
  ];
};

export const coolSummer: YearPlan = (place, year, random) => {
  const visits = place.people > 200 ? 5 : place.people > 80 ? 3 : 2;
  return Array.from({ length: visits }, (_, index) => {
    const month = 6 + (index % 3);
    const packs = random.about((place.people * 2.2) / visits + 12, 30, 2);
    const employers = Math.max(1, Math.round(packs / 40));
    const persons = random.chance(0.25) ? Math.round(packs * 2.6) : packs;
    const loose = random.chance(0.12);
    const price = random.about(172, 12);
    return record(place, year, {
      programme: "cool-summer",
      on: weekday(random, year, month, 3, 30),
      ...(loose
        ? { yuan: Math.round((packs * price) / 1000) * 1000, wording: `约${(Math.round((packs * price) / 1000) / 10).toFixed(1)}万元` } // prettier-ignore
        : { rate: { unitFen: BigInt(price) * 100n, count: packs, times: 1 } }),
      counts: { packs, persons, employers },
      from: [[place.union, 3], ["provincial-union", random.int(0, 2)], ["employer", random.int(0, 1)]], // prettier-ignore
      form: "GOODS",
      campaign: `${year}-summer`,
      note: random.pick([
        `深入施工工地、快递网点等${employers}家单位，发放清凉包${packs}份（矿泉水、藿香正气、毛巾）。`,
        `慰问高温时段在岗的环卫、交警、城管队员，清凉包${packs}份，${employers}家单位签领。`,
        `慰问公路养护和电力抢修班组${employers}个，送清凉物资${packs}份，惠及${persons}人。`,
      ]),
    });
  });
};

const TUITION = [
  { level: "本科", unitFen: 600_000n, part: 0.45 },
  { level: "专科", unitFen: 400_000n, part: 0.3 },
  { level: "高中（中职）", unitFen: 300_000n, part: 0.25 },
] as const;

export const goldenAutumn: YearPlan = (place, year, random) => {
  const students = Math.max(2, Math.round(place.households * 0.55));
  return TUITION.map(({ level, unitFen, part }) => {
    const persons = Math.max(1, random.about(students * part, 20));
    return record(place, year, {
      programme: "golden-autumn",
      on: weekday(random, year, random.pick([8, 8, 9]), 12, 28),
      rate: { unitFen, count: persons, times: 1, note: `${level}每人每学年${unitFen / 100n}元` },
      counts: { persons, households: Math.max(1, persons - random.int(0, 1)) },
      from: [
        ["provincial-treasury", random.int(1, 3)],
        [place.union, 1],
      ],
      form: "TRANSFER",
      campaign: `${year}-autumn`,
      note: `${level}新生及在读学生${persons}人，录取通知书和学籍已核，转账至学生本人账户。`,
    });
  });
};

export const springJobs: YearPlan = (place, year, random) =>
  Array.from({ length: place.people > 150 ? 3 : random.int(1, 2) }, (_, index) => {
    const sessions = random.int(1, 2);
    const posts = random.about(place.people * 1.8 + 60, 30, 10);
    const employers = Math.max(4, Math.round(posts / 22));
    return record(place, year, {
      programme: "spring-jobs",
      on: weekday(random, year, 2 + index, 8, 28),
      // Most fairs are held in public halls and cost the union nothing that can be priced.
      ...(random.chance(0.45) ? { yuan: random.about(7_500, 40, 100) } : {}),
      counts: { sessions, posts, employers },
      from: [[place.union, 1]],
      note: `联合人社部门举办招聘会${sessions}场，${employers}家企业提供岗位${posts}个，支出为场地布置和宣传费。`,
    });
  });

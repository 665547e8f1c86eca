import { weekday } from "./days";
import type { Place } from "./places";
import type { Random } from "./random";
import { record, type DemoRecord } from "./record";
import { perHead } from "./answers";
import type { YearPlan } from "./seasonal";

/** Large counties pay twice a year in one batch, which is what reaches the second approval. */
const batchMonths = (place: Place): readonly number[] =>
  place.people > 250 ? [5, 11] : place.people > 90 ? [3, 6, 9, 11] : [6, 11];

function livingBatch(place: Place, year: number, month: number, random: Random): DemoRecord {
  const share = 16_800 / batchMonths(place).length;
  const households = Math.max(1, place.households - random.int(0, 2));
  const persons = households * 2 + random.int(0, households);
  return record(place, year, {
    programme: "needy-worker-aid",
    on: weekday(random, year, month, 5, month === 11 ? 18 : 27),
    yuan: random.about(households * share, 9, 4),
    counts: { households, persons },
    from: [
      ["central-treasury", random.pick([4, 5])],
      ["provincial-treasury", random.int(1, 2)],
    ],
    form: "TRANSFER",
    note: `在档困难职工生活救助，${households}户${persons}人，按深度困难、相对困难、意外致困分档，公示五个工作日后转账。`,
  });
}

function heating(place: Place, year: number, random: Random): DemoRecord {
  const households = Math.max(1, Math.round(place.households * 0.85));
  const unit = random.pick([3_400, 3_600, 3_800]);
  return record(place, year, {
    programme: "needy-worker-aid",
    on: weekday(random, year, random.pick([10, 10, 11]), 8, 20),
    rate: { unitFen: BigInt(unit) * 100n, count: households, times: 1 },
    counts: { households },
    from: [
      ["central-treasury", 3],
      ["provincial-treasury", 1],
    ],
    category: "heating",
    form: "TRANSFER",
    note: `采暖期取暖补助，在档困难职工${households}户，每户${unit}元，转账发放。`,
  });
}

function illnesses(place: Place, year: number, random: Random): DemoRecord[] {
  const cases = random.int(1, place.people > 150 ? 5 : 3);
  return Array.from({ length: cases }, () => {
    const households = random.chance(0.7) ? 1 : 2;
    return record(place, year, {
      programme: "needy-worker-aid",
      on: weekday(random, year, random.int(2, 12)),
      yuan: households * random.about(8_200, 55, 100),
      counts: { households },
      from: [["central-treasury", 1]],
      category: "medical",
      form: "TRANSFER",
      note: `大病医疗救助${households}户，按自付部分比例核定，票据已复核。`,
    });
  });
}

function lesserAid(place: Place, year: number, random: Random): DemoRecord[] {
  const plans: DemoRecord[] = [];
  if (random.chance(0.55)) {
    const households = random.int(1, 4);
    plans.push(
      record(place, year, {
        programme: "needy-worker-aid",
        on: weekday(random, year, random.int(4, 10)),
        rate: { unitFen: 210_000n, count: households, times: 1 },
        counts: { households },
        from: [["provincial-treasury", 1]],
        category: "housing",
        form: "TRANSFER",
        answers: [perHead("住房补助标准每户2100元，与生活救助口径不同。")],
        note: `住房补助${households}户，每户2100元，租赁合同已核。`,
      }),
    );
  }
  if (random.chance(0.6)) {
    plans.push(
      record(place, year, {
        programme: "needy-worker-aid",
        on: weekday(random, year, random.int(1, 12)),
        yuan: random.about(3_000, 50, 100),
        counts: { households: 1, persons: random.int(2, 5) },
        from: [[place.union, 1]],
        category: "emergency",
        form: "CASH",
        answers: [perHead("临时救助按户一次性核定，与生活救助口径不同。")],
        note: random.pick([
          "职工家庭突遭火灾，临时救助，入户核实后当日发放。",
          "雨雪天气致牲畜棚圈损毁，职工家庭临时救助。",
          "职工子女突发疾病转院治疗，先行临时救助。",
        ]),
      }),
    );
  }
  return plans;
}

export const needyWorkerAid: YearPlan = (place, year, random) => [
  ...batchMonths(place).map((month) => livingBatch(place, year, month, random)),
  heating(place, year, random),
  ...illnesses(place, year, random),
  ...lesserAid(place, year, random),
];

const VISITED: readonly [readonly [string, string], ...(readonly [string, string])[]] = [
  ["因病住院的困难职工", "needy-workers"],
  ["遭受意外的职工家庭", "needy-workers"],
  ["防汛值守一线职工", "frontline-workers"],
  ["重点工程建设者", "frontline-workers"],
  ["驻守高海拔站点的养路工", "frontline-workers"],
  ["快递、外卖站点的劳动者", "new-employment-workers"],
];

export const condolenceVisits: YearPlan = (place, year, random) =>
  Array.from({ length: place.people > 90 ? random.int(4, 5) : random.int(2, 3) }, () => {
    const [who, kind] = random.pick(VISITED);
    const persons =
      kind === "needy-workers" ? random.int(1, 12) : random.about(18 + place.people / 6, 25);
    const unit = kind === "needy-workers" ? 800 : random.pick([400, 500]);
    return record(place, year, {
      programme: "condolence-visits",
      on: weekday(random, year, random.int(1, 12)),
      rate: { unitFen: BigInt(unit) * 100n, count: persons, times: 1 },
      counts: { persons },
      from: [
        [place.union, 2],
        ["provincial-union", random.int(0, 1)],
      ],
      kind,
      form: "CASH",
      note: `常态化走访慰问${who}${persons}人，每人${unit}元，签领表已归档。`,
    });
  });

export const healthChecks: YearPlan = (place, year, random) => {
  const persons = random.about(place.people * 2.1 + 20, 25);
  const cards = random.chance(0.7);
  const women = random.about(place.people * 1.2 + 15, 25);
  return [
    record(place, year, {
      programme: "health-check",
      on: weekday(random, year, random.int(4, 10)),
      ...(cards ? { rate: { unitFen: 60_000n, count: persons, times: 1 } } : {}),
      counts: cards ? { persons, packs: persons } : { persons },
      from: [
        [place.union, 2],
        ["provincial-union", 1],
      ],
      form: cards ? "VOUCHER" : "SERVICE",
      note: cards
        ? `为新就业形态劳动者、企业一线职工发放体检卡${persons}张，每张600元。`
        : `协调医院为新就业形态劳动者、农民工${persons}人提供体检，费用由医院减免，尚未计价。`,
    }),
    record(place, year, {
      programme: "health-check",
      on: weekday(random, year, random.pick([3, 5])),
      counts: { persons: women },
      from: [[place.union, 1]],
      kind: "women-workers",
      form: "SERVICE",
      note: `联合妇幼保健机构为女职工${women}人开展“两癌”免费筛查，尚未计价。`,
    }),
  ];
};

export const gigWorkerCover: YearPlan = (place, year, random) => {
  const persons = random.about(place.people * 1.4 + 10, 30);
  const unit = year < 2025 ? 38_000n : 40_000n;
  return [
    record(place, year, {
      programme: "gig-worker-cover",
      on: weekday(random, year, random.pick([10, 11]), 8, 18),
      rate: { unitFen: unit, count: persons, times: 1 },
      counts: { persons },
      from: [
        ["provincial-union", 1],
        [place.union, 1],
      ],
      form: "SERVICE",
      note: `为货车司机、快递员、外卖配送员${persons}人代缴城乡居民基本医疗保险，每人${unit / 100n}元。`,
    }),
  ];
};

export const recuperation: YearPlan = (place, year, random) =>
  Array.from({ length: place.people > 110 ? random.int(2, 3) : 1 }, (_, index) => {
    const persons = random.about(26 + place.people / 12, 25);
    return record(place, year, {
      programme: "recuperation",
      on: weekday(random, year, 6 + index),
      rate: { unitFen: 40_000n, count: persons, times: 5, note: "每人每天400元，5天" },
      counts: { persons, sessions: 1 },
      from: [
        ["provincial-union", 2],
        [place.union, 2],
        ["employer", 1],
      ],
      kind: random.pick(["frontline-workers", "model-workers", "skilled-workers"]),
      note: `第${index + 1}批疗休养，${persons}人，5天，与承办机构据实结算。`,
    });
  });

export const summerCamp: YearPlan = (place, year, random) => {
  if (!random.chance(0.5)) return [];
  const persons = random.int(24, 50);
  return [
    record(place, year, {
      programme: "summer-camp",
      on: weekday(random, year, 7, 8, 28),
      ...(random.chance(0.6) ? { yuan: persons * random.about(680, 20, 10) } : {}),
      counts: { persons, sessions: 1 },
      from: [[place.union, 1]],
      note: `新就业形态劳动者子女暑期夏令营一期，${persons}名学生，含研学、保险和午餐。`,
    }),
  ];
};

export const winterWellness: YearPlan = (place, year, random) => {
  if (!random.chance(0.45)) return [];
  const packs = random.about(place.people * 14, 30, 50);
  return [
    record(place, year, {
      programme: "winter-wellness",
      on: weekday(random, year, random.pick([1, 12])),
      ...(random.chance(0.5) ? { rate: { unitFen: 3_500n, count: packs, times: 1 } } : {}),
      counts: { packs },
      from: [[place.union, 1]],
      note: `向${place.all}职工发放电影票、温泉门票${packs}张，职工凭会员身份领取。`,
    }),
  ];
};

/** Members' own money coming back: shown apart, never among relief. */
export const mutualAid: YearPlan = (place, year, random) =>
  (place.people > 90 ? [3, 6, 9, 11] : [6, 11]).map((month, _, months) => {
    const personTimes = random.about((place.people * 1.8 + 30) / months.length, 30);
    return record(place, year, {
      programme: "mutual-medical-aid",
      on: weekday(random, year, month, 10, month === 11 ? 18 : 28),
      yuan: random.about(personTimes * 960, 12),
      counts: { personTimes },
      from: [["interest-other", 1]],
      form: "TRANSFER",
      note: `职工医疗互助金给付${personTimes}人次，由互助专户支付。`,
    });
  });

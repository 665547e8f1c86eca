import type { Place } from "./places";
import { record, type Answer, type DemoRecord } from "./record";

type Showcase = { place: string; make: (place: Place) => DemoRecord; answers: Answer[] };

/** A few records on which the checks have something to say, so that a reviewer sees findings at work. */
const SHOWCASES: readonly Showcase[] = [
  {
    place: "630104",
    make: (place) =>
      record(place, 2026, {
        programme: "cool-summer",
        on: "2026-11-10",
        rate: { unitFen: 16_800n, count: 120, times: 1 },
        counts: { packs: 120, persons: 120, employers: 3 },
        from: [[place.union, 1]],
        note: "9月采购的防暑物资因运输延误，11月到货后补发供电、供水抢修班组120份。",
      }),
    answers: [
      {
        rule: "outside-season",
        answer: "special-arrangement",
        words: "到货延误，经主席办公会同意补发。",
      },
    ],
  },
  {
    place: "630123",
    make: (place) =>
      record(place, 2026, {
        programme: "condolence-visits",
        on: "2026-11-12",
        yuan: 40_000,
        counts: { persons: 2 },
        from: [
          [place.union, 1],
          ["provincial-union", 1],
        ],
        kind: "needy-workers",
        form: "TRANSFER",
        note: "2名职工因工负伤，家庭支出骤增，按县政府专题会议意见从高慰问。",
      }),
    answers: [
      {
        rule: "per-head-unusual",
        answer: "higher-union-decision",
        words: "县政府专题会议纪要及市总工会批复已附。",
      },
    ],
  },
  {
    place: "630121",
    make: (place) =>
      record(place, 2026, {
        programme: "warm-winter",
        on: "2026-10-30",
        yuan: 100_000,
        counts: { persons: 500, packs: 500 },
        from: [
          [place.union, 1],
          ["provincial-union", 1],
        ],
        kind: "outdoor-workers",
        form: "GOODS",
        note: "入冬前集中采购防寒物资500份，发放环卫、供暖、公交一线职工。",
      }),
    answers: [
      {
        rule: "outside-season",
        answer: "checked-correct",
        words: "今年首场降雪早于往年，物资提前到位。",
      },
    ],
  },
];

export function showcases(place: Place): DemoRecord[] {
  return SHOWCASES.filter((s) => s.place === place.code).map((s) => ({
    ...s.make(place),
    answers: s.answers,
    showcase: true,
  }));
}

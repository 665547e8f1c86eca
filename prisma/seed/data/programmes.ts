import type { CountUnit } from "@/lib/kernel/counts";

type Form = "TRANSFER" | "CASH" | "GOODS" | "VOUCHER" | "SERVICE" | "MIXED";
type Season = "SPRING" | "SUMMER" | "AUTUMN" | "WINTER" | "BREAKFAST" | "ASSISTANCE" | "OTHER";

export type ProgrammeSeed = {
  code: string;
  nameZh: string;
  nameEn: string;
  season: Season;
  contributory?: true;
  /** Empty = all year. */
  months: readonly number[];
  mainUnit: CountUnit;
  /** The first is the default. */
  forms: readonly [Form, ...Form[]];
  aidCategory: string;
  recipientKind: string;
};

const SEASONAL: readonly ProgrammeSeed[] = [
  {
    code: "spring-jobs",
    nameZh: "春送岗位",
    nameEn: "Spring Jobs",
    season: "SPRING",
    months: [1, 2, 3, 4, 5],
    mainUnit: "posts",
    forms: ["SERVICE"],
    aidCategory: "services",
    recipientKind: "job-seekers",
  },
  {
    code: "cool-summer",
    nameZh: "夏送清凉",
    nameEn: "Cool Summer",
    season: "SUMMER",
    months: [6, 7, 8],
    mainUnit: "packs",
    forms: ["GOODS", "VOUCHER", "MIXED"],
    aidCategory: "goods",
    recipientKind: "outdoor-workers",
  },
  {
    code: "golden-autumn",
    nameZh: "金秋助学",
    nameEn: "Golden Autumn Education Aid",
    season: "AUTUMN",
    months: [8, 9],
    mainUnit: "persons",
    forms: ["TRANSFER", "CASH"],
    aidCategory: "education",
    recipientKind: "needy-worker-children",
  },
  {
    code: "warm-winter",
    nameZh: "冬送温暖",
    nameEn: "Warm Winter",
    season: "WINTER",
    // At 3,000 m and above it begins with the first snow, not in December.
    months: [1, 2, 11, 12],
    mainUnit: "persons",
    forms: ["GOODS", "CASH", "TRANSFER", "VOUCHER", "MIXED"],
    aidCategory: "goods",
    recipientKind: "frontline-workers",
  },
  {
    code: "festival-visits",
    nameZh: "两节慰问",
    nameEn: "New Year and Spring Festival Visits",
    season: "WINTER",
    months: [1, 2, 12],
    mainUnit: "persons",
    forms: ["MIXED", "CASH", "TRANSFER", "GOODS", "VOUCHER"],
    aidCategory: "solatium",
    recipientKind: "frontline-workers",
  },
  {
    code: "love-breakfast",
    nameZh: "爱心早餐",
    nameEn: "Breakfasts with Love",
    season: "BREAKFAST",
    months: [],
    mainUnit: "persons",
    forms: ["GOODS", "VOUCHER", "SERVICE", "TRANSFER"],
    aidCategory: "meals",
    recipientKind: "sanitation-workers",
  },
];

const STANDING: readonly ProgrammeSeed[] = [
  {
    code: "needy-worker-aid",
    nameZh: "困难职工帮扶",
    nameEn: "Aid to Workers in Need",
    season: "ASSISTANCE",
    months: [],
    mainUnit: "households",
    forms: ["TRANSFER", "CASH", "GOODS", "VOUCHER", "SERVICE", "MIXED"],
    aidCategory: "living",
    recipientKind: "needy-workers",
  },
  {
    code: "condolence-visits",
    nameZh: "走访慰问（常态化）",
    nameEn: "Visits throughout the Year",
    season: "ASSISTANCE",
    months: [],
    mainUnit: "persons",
    forms: ["CASH", "TRANSFER", "GOODS", "VOUCHER", "MIXED"],
    aidCategory: "solatium",
    recipientKind: "frontline-workers",
  },
  {
    code: "health-check",
    nameZh: "健康体检",
    nameEn: "Health Checks",
    season: "OTHER",
    months: [],
    mainUnit: "persons",
    forms: ["SERVICE", "VOUCHER"],
    aidCategory: "services",
    recipientKind: "new-employment-workers",
  },
  {
    code: "gig-worker-cover",
    nameZh: "暖新保",
    nameEn: "Insurance Cover for Gig Workers",
    season: "OTHER",
    months: [],
    mainUnit: "persons",
    forms: ["SERVICE", "TRANSFER"],
    aidCategory: "medical",
    recipientKind: "new-employment-workers",
  },
  {
    code: "recuperation",
    nameZh: "疗休养",
    nameEn: "Recuperation Stays",
    season: "OTHER",
    months: [5, 6, 7, 8, 9, 10],
    mainUnit: "persons",
    forms: ["SERVICE"],
    aidCategory: "services",
    recipientKind: "frontline-workers",
  },
  {
    code: "summer-camp",
    nameZh: "职工子女夏令营",
    nameEn: "Summer Camps for Workers’ Children",
    season: "OTHER",
    months: [7, 8],
    mainUnit: "persons",
    forms: ["SERVICE"],
    aidCategory: "services",
    recipientKind: "worker-children",
  },
  {
    code: "winter-wellness",
    nameZh: "冬季职工康养",
    nameEn: "Winter Wellness",
    season: "OTHER",
    months: [1, 2, 3, 11, 12],
    mainUnit: "packs",
    forms: ["VOUCHER", "SERVICE"],
    aidCategory: "services",
    recipientKind: "general-workers",
  },
  {
    code: "mutual-medical-aid",
    nameZh: "职工医疗互助",
    nameEn: "Mutual Medical Aid",
    season: "OTHER",
    // Members pay in what is paid out: it never enters relief totals.
    contributory: true,
    months: [],
    mainUnit: "personTimes",
    forms: ["TRANSFER", "CASH"],
    aidCategory: "medical",
    recipientKind: "insured-members",
  },
];

export const PROGRAMMES: readonly ProgrammeSeed[] = [...SEASONAL, ...STANDING];

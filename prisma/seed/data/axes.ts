/** The coded values of the axes, in the order in which tables and forms show them. */
export type CodedSeed = readonly [code: string, nameZh: string, nameEn: string];

export const AID_CATEGORIES: readonly CodedSeed[] = [
  ["living", "生活", "Living"],
  ["medical", "医疗", "Medical"],
  ["education", "助学", "Education"],
  ["heating", "取暖", "Heating"],
  ["housing", "住房", "Housing"],
  ["emergency", "临时", "Emergency"],
  ["solatium", "慰问", "Solatium"],
  ["goods", "物资", "Goods"],
  ["meals", "餐食", "Meals"],
  ["services", "服务", "Services"],
  // Published totals such as “住房和取暖补贴 10.5万元” cannot be taken apart honestly.
  ["multiple", "多项", "Several categories"],
];

/** The flag marks earmarked money 专款专用: spending may not exceed what was received. */
export const FUND_SOURCES: readonly (readonly [...CodedSeed, earmarked: boolean])[] = [
  ["central-treasury", "中央财政", "Central treasury", true],
  ["provincial-treasury", "省财政", "Provincial treasury", true],
  ["prefectural-treasury", "市州财政", "Prefectural treasury", false],
  ["county-treasury", "县财政", "County treasury", false],
  ["acftu", "全国总工会", "All-China Federation of Trade Unions", true],
  ["provincial-union", "省总工会经费", "Provincial union funds", false],
  ["prefectural-union", "市州总工会经费", "Prefectural union funds", false],
  ["county-union", "县总工会经费", "County union funds", false],
  ["industrial-union", "产业（直属）工会经费", "Industrial or affiliated union funds", false],
  ["union-funds-unspecified", "工会经费（未分级）", "Union funds (level not stated)", false],
  ["employer", "基层行政拨付", "Employer’s grant", false],
  ["donation", "社会捐助", "Donations", false],
  ["paired-assistance", "对口援助", "Paired assistance", false],
  ["interest-other", "利息及其他", "Interest and other", false],
  ["not-stated", "未注明", "Not stated", false],
];

export const RECIPIENT_KINDS: readonly CodedSeed[] = [
  ["needy-workers", "困难职工", "Workers in need"],
  ["needy-worker-children", "困难职工子女", "Children of workers in need"],
  ["frontline-workers", "一线职工", "Front-line workers"],
  ["outdoor-workers", "户外劳动者", "Outdoor workers"],
  ["sanitation-workers", "环卫职工", "Sanitation workers"],
  ["new-employment-workers", "新就业形态劳动者", "Workers in new forms of employment"],
  ["migrant-workers", "农民工", "Migrant workers"],
  ["skilled-workers", "技术工人", "Skilled workers"],
  ["model-workers", "劳模工匠", "Model workers and craftspeople"],
  ["forest-rangers", "护林员、生态管护员", "Forest and ecological rangers"],
  ["women-workers", "女职工", "Women workers"],
  ["worker-children", "职工子女", "Workers’ children"],
  ["insured-members", "参保职工", "Insured members"],
  ["job-seekers", "求职者", "Job seekers"],
  ["general-workers", "职工群众", "Workers in general"],
  ["retirees-party-members", "老党员、脱贫户", "Veteran party members, households out of poverty"],
  ["several-kinds", "多类对象", "Several kinds"],
];

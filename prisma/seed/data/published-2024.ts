/** Where the figures were published. */
export const CITATION = "《青海工运》2024年第12期";

/** 项目 as the magazine names it → programme. */
export const PROGRAMME_OF: Readonly<Record<string, string>> = {
  爱心早餐: "love-breakfast",
  暖心早餐: "love-breakfast",
  健康体检: "health-check",
  暖新保: "gig-worker-cover",
  职工子女夏令营: "summer-camp",
  困难职工帮扶: "needy-worker-aid",
  走访慰问: "condolence-visits",
  疗休养: "recuperation",
  职工医疗互助: "mutual-medical-aid",
  夏送清凉: "cool-summer",
  金秋助学: "golden-autumn",
  冬送温暖: "warm-winter",
  两节慰问: "festival-visits",
  春送岗位: "spring-jobs",
  冬季职工康养: "winter-wellness",
};

/**
 * What the CSV leaves in words, row by row: category and kind of recipient, counts that stand in the
 * remark or the article, a rate that was published, and the remark in the ledger's own language.
 */
export type Reading = {
  aidCategory: string;
  recipientKind: string;
  remark?: string;
  counts?: { employers?: number; sessions?: number };
  rate?: { unitFen: string; count: number; times: number };
  /** Fund sources with the weights in which the article says they paid. */
  sources?: readonly (readonly [source: string, weight: bigint])[];
};

export const READINGS: Readonly<Record<string, Reading>> = {
  "HD-01": { aidCategory: "meals", recipientKind: "sanitation-workers", remark: "首次覆盖全市环卫职工。" }, // prettier-ignore
  "HD-02": { aidCategory: "services", recipientKind: "frontline-workers", remark: "首次覆盖邮递行业职工。" }, // prettier-ignore
  "HD-03": { aidCategory: "medical", recipientKind: "new-employment-workers", remark: "首次为其购买医保。" }, // prettier-ignore
  "HD-04": { aidCategory: "services", recipientKind: "worker-children", remark: "首次为两新组织劳动者子女开展研学。" }, // prettier-ignore
  "HD-05": {
    aidCategory: "multiple",
    recipientKind: "needy-workers",
    remark:
      "全市首次以项目形式开展，共58项，含生活救助、取暖补贴、住房补贴、勤工俭学、法律援助等，原文未分列。",
  },
  "HB-01": { aidCategory: "goods", recipientKind: "retirees-party-members", remark: "联点村慰问，大米、菜籽油等，价值约3000元。" }, // prettier-ignore
  "HB-02": { aidCategory: "services", recipientKind: "several-kinds", remark: "州县两级工会组织，赴省内外疗休养。" }, // prettier-ignore
  "HB-03": { aidCategory: "services", recipientKind: "forest-rangers", remark: "省内疗休养，为期5天。" }, // prettier-ignore
  "CX-01": { aidCategory: "multiple", recipientKind: "needy-workers", remark: "生活、住房、取暖及大病医疗合并公布，原文未分列。" }, // prettier-ignore
  "CX-02": {
    aidCategory: "medical",
    recipientKind: "insured-members",
    remark: "截至2024年10月。114家企事业单位6398名职工参保，缴纳参保金63.9万元；本笔为报销支出。",
  },
  "CX-03": {
    aidCategory: "meals",
    recipientKind: "sanitation-workers",
    remark:
      "原文“970余名”，供餐店24家；供餐标准10元，含商家让利3元。原文载明由省市区三级工会经费和区级财政资金按1.8:1构成，两个来源的金额按该比例折算。",
    sources: [
      ["union-funds-unspecified", 18n],
      ["county-treasury", 10n],
    ],
  },
  "CX-04": { aidCategory: "goods", recipientKind: "outdoor-workers" },
  "CX-05": { aidCategory: "education", recipientKind: "needy-worker-children" },
  "CX-06": { aidCategory: "goods", recipientKind: "outdoor-workers", remark: "入冬以来。" },
  "CX-07": { aidCategory: "solatium", recipientKind: "several-kinds", remark: "慰问物资与慰问金合并公布，原文未分列。" }, // prettier-ignore
  "CX-08": { aidCategory: "services", recipientKind: "job-seekers", remark: "大型线下招聘会2场，原文“岗位500余个”。", counts: { sessions: 2 } }, // prettier-ignore
  "HY-01": { aidCategory: "solatium", recipientKind: "several-kinds" },
  "HY-02": { aidCategory: "living", recipientKind: "needy-workers" },
  "HY-03": { aidCategory: "heating", recipientKind: "needy-workers" },
  "HY-04": { aidCategory: "medical", recipientKind: "needy-workers", remark: "大病医疗救助。" },
  "HY-05": { aidCategory: "housing", recipientKind: "needy-workers" },
  "HY-06": {
    aidCategory: "goods",
    recipientKind: "needy-workers",
    remark: "每户提货券价值2000元，共48户。",
    rate: { unitFen: "200000", count: 48, times: 1 },
  },
  "HY-07": { aidCategory: "solatium", recipientKind: "needy-workers" },
  "HY-08": { aidCategory: "goods", recipientKind: "outdoor-workers", remark: "清凉礼包676份发至19家单位，原文“2440余人”；金额含西瓜、冰糖、矿泉水等物资。", counts: { employers: 19 } }, // prettier-ignore
  "HY-09": { aidCategory: "education", recipientKind: "needy-worker-children", remark: "新增2户，续助19户。" }, // prettier-ignore
  "HY-10": { aidCategory: "services", recipientKind: "several-kinds", remark: "原文“400余名”，为期2个月。" }, // prettier-ignore
  "HY-11": {
    aidCategory: "goods",
    recipientKind: "forest-rangers",
    remark: "棉衣、被褥、棉帽等。",
  },
  "HY-12": { aidCategory: "solatium", recipientKind: "forest-rangers" },
  "WL-01": { aidCategory: "education", recipientKind: "needy-worker-children" },
  "WL-02": { aidCategory: "living", recipientKind: "needy-workers", remark: "3户9人。" },
  "WL-03": { aidCategory: "multiple", recipientKind: "needy-workers", remark: "取暖补贴、住房补贴合并公布，原文未分列。" }, // prettier-ignore
  "QL-01": { aidCategory: "living", recipientKind: "needy-workers" },
  "QL-02": { aidCategory: "education", recipientKind: "needy-worker-children" },
  "QL-03": { aidCategory: "multiple", recipientKind: "needy-workers", remark: "住房和取暖补贴合并公布，原文未分列。" }, // prettier-ignore
  "QL-04": { aidCategory: "medical", recipientKind: "needy-workers" },
  "QL-05": { aidCategory: "solatium", recipientKind: "frontline-workers" },
  "QL-06": { aidCategory: "services", recipientKind: "several-kinds", remark: "分3批，赴省内外。" },
  "QL-07": { aidCategory: "services", recipientKind: "several-kinds", remark: "原文“260余名”，体检卡总价值15.6万元。" }, // prettier-ignore
  "QL-08": { aidCategory: "meals", recipientKind: "sanitation-workers", remark: "原文“110余名”。" },
  "QL-09": { aidCategory: "services", recipientKind: "general-workers", remark: "电影票、温泉水世界门票，原文“5300余张”。" }, // prettier-ignore
  "QL-10": { aidCategory: "medical", recipientKind: "insured-members", remark: "截至2024年11月底，原文“310余职工”。" }, // prettier-ignore
  "QL-11": { aidCategory: "services", recipientKind: "women-workers", remark: "原文“150余名”，分批次免费筛查。" }, // prettier-ignore
  "ZD-01": { aidCategory: "goods", recipientKind: "needy-workers" },
  "SZ-01": { aidCategory: "services", recipientKind: "skilled-workers", remark: "省工人疗养院，为期5天。" }, // prettier-ignore
};

export const glossaryGroups = [
  "organisation",
  "programme",
  "category",
  "registry",
  "recipient",
  "fund",
  "record",
  "report",
] as const;
type GlossaryGroup = (typeof glossaryGroups)[number];

export type Term = {
  group: GlossaryGroup;
  zh: string;
  en: string;
  /** One plain line, for the terms that newcomers stumble over. */
  noteZh?: string;
  noteEn?: string;
};

type Line = readonly [zh: string, en: string, noteZh?: string, noteEn?: string];

const lines: Record<GlossaryGroup, readonly Line[]> = {
  organisation: [
    ["全国总工会", "All-China Federation of Trade Unions (ACFTU)"],
    ["省总工会", "provincial trade union federation"],
    ["市州总工会", "prefectural trade union federation"],
    [
      "县总工会",
      "county trade union federation",
      "记账和上报的基本单位。",
      "The unit that keeps accounts and submits.",
    ],
    [
      "省级产业工会",
      "provincial industrial union",
      "挂在省级之下，不属于任何县。",
      "Stands under the province and belongs to no county.",
    ],
    ["直属工会", "directly affiliated union"],
    [
      "基层工会",
      "grass-roots union",
      "企业、机关、社区里的工会。",
      "The union inside an employer or community.",
    ],
    ["帮扶（服务）中心", "worker assistance centre"],
    [
      "本级",
      "own account",
      "市州或省自己发放的部分，不含下级。",
      "What a prefecture or the province paid itself, without those below it.",
    ],
    [
      "经审",
      "union audit committee",
      "工会自己的审计，只看不改。",
      "The union’s own auditors: they read and change nothing.",
    ],
  ],
  programme: [
    [
      "冬送温暖",
      "Warm Winter",
      "元旦、春节前后的走访慰问。",
      "Visits and aid around New Year and the Spring Festival.",
    ],
    ["两节慰问", "New Year–Spring Festival visits"],
    [
      "夏送清凉",
      "Cool Summer",
      "给户外和高温岗位送清凉物品。",
      "Cooling goods for outdoor and high-temperature work.",
    ],
    [
      "金秋助学",
      "Golden Autumn school aid",
      "资助困难职工子女上学；档案是家长的，受益的是学生。",
      "Aid for needy workers’ children at school; the file is the parent’s, the beneficiary is the student.",
    ],
    [
      "春送岗位",
      "Spring job fairs",
      "多数只有场次和岗位数，没有金额。",
      "Mostly sessions and posts, without an amount.",
    ],
    [
      "爱心早餐",
      "Love Breakfast",
      "给环卫等早班职工的补助早餐，钱付给供餐商户。",
      "Subsidised breakfasts for early shifts; the caterer is paid.",
    ],
    ["困难职工帮扶", "needy-worker assistance"],
    [
      "职工医疗互助",
      "mutual medical aid",
      "职工自己缴费参加，不计入帮扶支出。",
      "Workers pay in themselves, so it is never part of relief totals.",
    ],
    ["疗休养", "recuperation stay"],
    ["健康体检", "health check-up"],
    [
      "暖新保",
      "gig-worker cover",
      "为新就业形态劳动者买的保障。",
      "Cover bought for workers in new forms of employment.",
    ],
    [
      "普惠",
      "universal benefit",
      "面向全体会员，不要求建档。",
      "For all members; no case file is needed.",
    ],
  ],
  category: [
    [
      "救助类别",
      "aid category",
      "钱用来解决什么困难；与项目是两回事。",
      "Which need the money meets; not the same as the programme.",
    ],
    ["生活救助", "living aid"],
    ["医疗救助", "medical aid"],
    ["助学救助", "education aid"],
    ["取暖补贴", "heating allowance"],
    ["住房补贴", "housing allowance"],
    ["临时救助", "emergency aid"],
    ["慰问金", "solatium", "慰问时发的现金或转账。", "Money given on a visit."],
    ["慰问品", "gift in kind"],
    ["提货券、爱心卡", "goods voucher, care card"],
    ["形式", "form", "转账、现金、实物、券卡、服务。", "Transfer, cash, goods, voucher, service."],
  ],
  registry: [
    ["困难职工", "needy worker"],
    [
      "建档、在档",
      "register, registered",
      "先建档，后帮扶，实名制。",
      "First a file, then aid, under the real name.",
    ],
    ["一户一档", "one file per household"],
    ["建档人", "case holder"],
    ["受益人", "beneficiary"],
    [
      "收款人",
      "payee",
      "收到钱的账户所有人，可能是商户。",
      "Whose account is credited; it may be a merchant.",
    ],
    [
      "深度困难",
      "severe hardship",
      "人均余下的钱低于当地低保标准。",
      "What is left per head is below the local minimum living standard.",
    ],
    [
      "相对困难",
      "relative hardship",
      "人均余下的钱低于低保标准的两倍。",
      "What is left per head is below twice that standard.",
    ],
    [
      "意外致困",
      "sudden-shock hardship",
      "因灾害、事故、大病一时陷入困难。",
      "Brought on by disaster, accident or illness.",
    ],
    ["致困原因", "cause of hardship"],
    ["脱困、返困", "exit, relapse"],
    ["注销", "file cancelled"],
  ],
  recipient: [
    ["对象类别", "recipient kind"],
    ["一线职工", "front-line worker"],
    [
      "新就业形态劳动者",
      "workers in new forms of employment",
      "快递员、外卖员、网约车司机等。",
      "Couriers, riders, ride-hailing drivers and others.",
    ],
    ["灵活就业人员", "flexibly employed person"],
    ["农民工", "migrant worker"],
    ["劳模", "model worker"],
    ["环卫工人", "sanitation worker"],
    ["生态管护员、护林员", "ecological ranger, forest ranger"],
    ["户外劳动者", "outdoor worker"],
    [
      "户、人、人次",
      "households, persons, person-times",
      "一个人领三次是 1 人、3 人次；三者从不相加。",
      "One person aided three times is 1 person, 3 person-times; they are never added to each other.",
    ],
    ["份、张、家、场", "packs, cards, employers, sessions"],
  ],
  fund: [
    ["资金来源", "fund source"],
    [
      "财政资金",
      "treasury funds",
      "分中央、省、市州、县四级。",
      "Of four levels: central, provincial, prefectural, county.",
    ],
    ["上级补助", "grant from a higher union"],
    ["本级工会经费", "own union funds"],
    ["行政拨付", "employer contribution"],
    ["社会捐助", "donation"],
    ["对口援助", "paired-assistance fund"],
    ["到位", "received", "实际收到的资金。", "Money actually received."],
    ["支出", "spent", "已审核发放的金额合计。", "The sum of approved disbursements."],
    ["结余", "balance", "到位减支出。", "Received less spent."],
    ["结转", "carried over"],
    ["执行率", "execution rate", "支出占到位的比例。", "Spent as a share of received."],
    ["专款专用", "earmarked use"],
    [
      "商家让利、个人负担",
      "merchant’s discount, recipient’s share",
      "只作说明，不是工会支出。",
      "Noted beside the record; not union spending.",
    ],
  ],
  record: [
    [
      "发放",
      "disbursement",
      "一次发放一条记录，带项目、类别、来源、对象、形式。",
      "One record for each giving-out, with its programme, category, source, recipients and form.",
    ],
    ["活动批次", "campaign"],
    [
      "计算式",
      "rate basis",
      "单价 × 数量 × 次数 = 金额，填三个，第四个自动得出。",
      "Unit rate × count × times = amount; give three and the fourth follows.",
    ],
    [
      "未计价",
      "unvalued",
      "实物或服务还没有折价：计笔数，不当作 0 元。",
      "Goods or services not yet priced: counted, never taken as zero.",
    ],
    [
      "不涉及资金",
      "no money involved",
      "招聘会、咨询、义诊等：计笔数、场次和人数，没有金额，也没有资金来源。",
      "A job fair, a consultation: counted as records, sessions and persons; there is no amount and no fund source.",
    ],
    [
      "约数",
      "estimated",
      "原文写“余”“约”的金额，保留原文。",
      "Published as “about” or “over”; the wording is kept.",
    ],
    ["草稿", "draft"],
    [
      "上报",
      "submit",
      "交给上级审核，之后自己不能再改。",
      "Hand it to the reviewer; after that you cannot change it.",
    ],
    ["退回", "return", "审核人说明原因，交回经办修改。", "Back to the clerk, with the reason."],
    [
      "审核通过",
      "approve",
      "从此计入各表；再有错用更正。",
      "From now on it counts in every table; mistakes are put right by an adjustment.",
    ],
    ["作废", "void", "审核前停用，仍留痕迹。", "Stopped before approval; the trace stays."],
    [
      "更正、冲红",
      "adjustment, reversal",
      "一负一正两条新记录，原记录不动。",
      "Two new records, one negative and one right; the first stays as it is.",
    ],
    [
      "凭证",
      "voucher, evidence",
      "签领表、发票、照片、公示。",
      "Sign-off sheet, invoice, photograph, public notice.",
    ],
    [
      "校验",
      "check",
      "硬校验不过不能上报，软校验要说明原因。",
      "Hard checks stop submission; soft ones ask for a reason.",
    ],
    ["花名册", "roster"],
    ["签领表", "sign-off sheet"],
    ["公示", "public notice", "不少于五个工作日。", "For at least five working days."],
    ["退票、补发", "rejected by the bank, paid again"],
  ],
  report: [
    ["台账", "ledger", "逐笔的记录，一笔一行。", "Record by record, one line each."],
    ["年度汇总表", "year summary"],
    ["填报单位、填表人", "reporting unit, preparer"],
    [
      "应报、待报、逾期",
      "asked for, due, late",
      "按“报送日历”该在期限前报的；逾期只作提示，照常录入。",
      "What the calendar asks for by a day; what is late is said, and entered as ever.",
    ],
    [
      "零申报",
      "nil declaration",
      "申明一段时间没有发放，附原因；上报了这段时间的记录，零申报即失效。",
      "Says, with a reason, that nothing was given in a time; a record of it takes its place once submitted.",
    ],
    ["会计年度", "fiscal year", "记入哪一年的账。", "The year whose account it enters."],
    [
      "封账",
      "closing a year",
      "省级封账后，这一年不再记入；更正记到未封账的年度。",
      "Once the province has closed it, a year takes no more entries; corrections go to an open year.",
    ],
    [
      "月份不详",
      "month unknown",
      "只写了年份的记录，不摊到任何一个月。",
      "Records that name only a year; they are put into no month.",
    ],
    [
      "同比",
      "year-on-year",
      "与上年比；上年为零时写“—”。",
      "Against last year; a base of zero prints “—”.",
    ],
    [
      "未含",
      "left out",
      "合计没有算进去的部分，都写明。",
      "What a total does not count, always said.",
    ],
    [
      "万元、元",
      "10,000 yuan, yuan",
      "一处切换，各表一致；一分不差地保存。",
      "One switch for every table; kept to the fen.",
    ],
  ],
};

export const glossary: readonly Term[] = glossaryGroups.flatMap((group) =>
  lines[group].map(([zh, en, noteZh, noteEn]) => ({
    group,
    zh,
    en,
    ...(noteZh === undefined ? {} : { noteZh }),
    ...(noteEn === undefined ? {} : { noteEn }),
  })),
);

/** A term is found by any word of it, in either language, or of what it means. */
export function findTerms(terms: readonly Term[], typed: string): Term[] {
  const query = typed.trim().toLowerCase();
  if (query === "") return [...terms];
  return terms.filter((term) =>
    [term.zh, term.en, term.noteZh, term.noteEn].some((text) =>
      text?.toLowerCase().includes(query),
    ),
  );
}

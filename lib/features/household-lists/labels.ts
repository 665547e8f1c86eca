import type { IdKind } from "@/lib/kernel/id-number";
import type { ArchiveLevel, Cause, HouseholdKind, Relation, Sex, Tier } from "@/lib/features/households/labels"; // prettier-ignore

/** The columns of the national list of workers in hardship, as they are headed, and what else they are called. */
export const LIST_HEADINGS = {
  code: ["档案号", "职工编号", "困难职工编号"],
  relation: ["与户主关系", "关系", "与本人关系"],
  name: ["姓名"],
  idKind: ["证件类型"],
  idNumber: ["身份证号", "身份证号码", "证件号码", "公民身份号码"],
  sex: ["性别"],
  born: ["出生日期", "出生年月"],
  phone: ["手机号码", "手机", "联系电话", "电话"],
  health: ["健康状况"],
  workplace: ["工作单位", "单位或学校"],
  tier: ["困难类别"],
  kind: ["人员类别", "职工类别"],
  level: ["档案级别"],
  cause: ["主要致困原因", "致困原因"],
  otherCauses: ["其他致困原因", "次要致困原因"],
  address: ["家庭住址", "住址"],
  filedOn: ["建档日期", "建档时间"],
  ethnicity: ["民族"],
  politics: ["政治面貌"],
  marital: ["婚姻状况"],
  disability: ["残疾类别"],
  insurance: ["医保状况"],
  hukou: ["户口类型"],
  hukouPlace: ["户口所在地行政区划"],
  employment: ["工作状态"],
  workingSince: ["工作时间"],
  industry: ["所属行业"],
  unitKind: ["单位性质"],
  unitState: ["企业状况"],
  modelWorker: ["劳模类型"],
  standing: ["身份"],
  education: ["学历"],
  enrolledIn: ["入学年份"],
  schoolYears: ["学制"],
  incomeFen: ["月收入", "本人月平均收入"],
  otherContact: ["其他联系方式"],
  bank: ["开户银行"],
  branch: ["支行名称"],
  account: ["银行卡号", "银行账号"],
  housing: ["住房类型"],
  floorArea: ["建筑面积"],
  postcode: ["邮政编码"],
  otherIncomeFen: ["家庭其他非薪资年收入"],
  yearIncomeFen: ["家庭年度总收入"],
  perHeadFen: ["家庭月人均收入"],
  householdSize: ["家庭人口"],
  singleParent: ["是否单亲"],
  selfHelp: ["有一定自救能力"],
  noneEmployed: ["零就业家庭"],
  remarks: ["备注"],
} as const satisfies Record<string, readonly string[]>;
export type ListColumn = keyof typeof LIST_HEADINGS;
export const LIST_COLUMNS = Object.keys(LIST_HEADINGS) as ListColumn[];

/** Codes in the words of the list, the first as it is written; the others are read as well. */
type Words<Code extends string> = Readonly<Record<Code, readonly string[]>>;
export const LIST_WORDS = {
  tier: {
    deep: ["深度困难", "深度困难职工"],
    relative: ["相对困难", "相对困难职工"],
    accident: ["意外致困", "意外致困职工"],
  } satisfies Words<Tier>,
  kind: {
    urban: ["城镇困难职工", "困难职工"],
    migrant: ["困难农民工", "农民工"],
  } satisfies Words<HouseholdKind>,
  level: {
    national: ["全国级"],
    provincial: ["省级"],
    prefectural: ["地市级", "市州级"],
    county: ["区县级", "县级"],
    "grass-roots": ["基层"],
  } satisfies Words<ArchiveLevel>,
  cause: {
    "no-capacity": ["无劳动能力"],
    "no-work": ["有劳动能力未就业"],
    "laid-off": ["下岗失业"],
    uninsured: ["未参加社保"],
    "benefits-short": ["社保待遇不到位"],
    illness: ["重特大疾病", "重大疾病"],
    disaster: ["自然灾害"],
    accident: ["意外事故"],
    schooling: ["子女上学"],
    other: ["其他"],
  } satisfies Words<Cause>,
  relation: {
    self: ["户主", "本人"],
    spouse: ["配偶", "丈夫", "妻子"],
    child: ["子女", "儿子", "女儿", "子", "女"],
    parent: ["父母", "父亲", "母亲"],
    grandparent: ["祖父母、外祖父母", "祖父", "祖母", "外祖父", "外祖母"],
    grandchild: ["孙子女、外孙子女", "孙子", "孙女", "外孙子", "外孙女"],
    sibling: ["兄弟姐妹", "兄", "弟", "姐", "妹"],
    other: ["其他"],
  } satisfies Words<Relation>,
  sex: { male: ["男"], female: ["女"] } satisfies Words<Sex>,
  idKind: {
    resident: ["居民身份证", "身份证"],
    "hmt-permit": ["港澳台居民居住证"],
    "foreign-permanent": ["外国人永久居留身份证"],
    passport: ["护照"],
    other: ["其他"],
  } satisfies Words<IdKind>,
};

export const LIST_REASONS = ["reporting", "handover", "check"] as const;
/** Households in one request; the page sends a longer list piece by piece. */
export const MOST_AT_ONCE = 50;
/** Of one table. */
export const MOST_IN_LIST = 1000;

/** 人员类别 */
export const HOUSEHOLD_KINDS = ["urban", "migrant"] as const;
export type HouseholdKind = (typeof HOUSEHOLD_KINDS)[number];

/** 档案级别, from the highest down. */
export const ARCHIVE_LEVELS = [
  "national",
  "provincial",
  "prefectural",
  "county",
  "grass-roots",
] as const;
export type ArchiveLevel = (typeof ARCHIVE_LEVELS)[number];

/** 困难类别 */
export const TIERS = ["deep", "relative", "accident"] as const;
export type Tier = (typeof TIERS)[number];

/** 致困原因, as the national form lists them. */
export const CAUSES = [
  "no-capacity",
  "no-work",
  "laid-off",
  "uninsured",
  "benefits-short",
  "illness",
  "disaster",
  "accident",
  "schooling",
  "other",
] as const;
export type Cause = (typeof CAUSES)[number];

/** 在档, 脱困, 返困, 注销 */
export const HOUSEHOLD_STATUSES = ["open", "lifted", "returned", "closed"] as const;
export type HouseholdStatus = (typeof HOUSEHOLD_STATUSES)[number];

/** 与户主关系; the holder stands first. */
export const RELATIONS = [
  "self",
  "spouse",
  "child",
  "parent",
  "grandparent",
  "grandchild",
  "sibling",
  "other",
] as const;
export type Relation = (typeof RELATIONS)[number];

export const SEXES = ["male", "female"] as const;
export type Sex = (typeof SEXES)[number];

/** What a file takes after it was filed. */
export const EVENT_KINDS = [
  "tier",
  "visit",
  "consent",
  "consent-ended",
  "lifted",
  "returned",
  "closed",
] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

export const CONSENTS = ["income-check", "personal-data", "public-notice"] as const;
export type Consent = (typeof CONSENTS)[number];

/** Why a file is turned, by what turns it. */
export const TURN_REASONS = {
  lifted: ["income-up", "employed", "recovered", "graduated", "other"],
  returned: ["income-down", "job-lost", "illness", "accident", "other"],
  closed: ["lifted-for-good", "moved", "died", "not-eligible", "requested", "duplicate", "other"],
} as const;
export type Turn = keyof typeof TURN_REASONS;
export const isTurn = (kind: string): kind is Turn => kind in TURN_REASONS;

/** What may lie behind the mask of a file. */
export const REVEALED_FIELDS = [
  "name",
  "idNumber",
  "born",
  "phone",
  "health",
  "workplace",
  "address",
  "notes",
  "papers",
  "details",
] as const;
export type RevealedField = (typeof REVEALED_FIELDS)[number];

export const REVEAL_REASONS = ["payment", "visit", "verify", "requested", "complaint"] as const;
export type RevealReason = (typeof REVEAL_REASONS)[number];

export const MOST_MEMBERS = 20;

/** How what the national list says beside is read: words, money in fen, yes or no, a number that is shown to nobody. */
export type DetailKind = "words" | "money" | "yesNo" | "number";

/** Of one person. */
export const PERSON_DETAILS = {
  ethnicity: "words",
  politics: "words",
  marital: "words",
  disability: "words",
  insurance: "words",
  hukou: "words",
  hukouPlace: "words",
  employment: "words",
  workingSince: "words",
  industry: "words",
  unitKind: "words",
  unitState: "words",
  modelWorker: "words",
  standing: "words",
  education: "words",
  enrolledIn: "words",
  schoolYears: "words",
  incomeFen: "money",
  otherContact: "number",
  bank: "words",
  branch: "words",
  account: "number",
} as const satisfies Record<string, DetailKind>;
export type PersonDetail = keyof typeof PERSON_DETAILS;

/** Of the home. */
export const HOME_DETAILS = {
  housing: "words",
  floorArea: "words",
  postcode: "words",
  otherIncomeFen: "money",
  yearIncomeFen: "money",
  perHeadFen: "money",
  householdSize: "words",
  singleParent: "yesNo",
  selfHelp: "yesNo",
  noneEmployed: "yesNo",
  remarks: "words",
} as const satisfies Record<string, DetailKind>;
export type HomeDetail = keyof typeof HOME_DETAILS;
export const PERSON_DETAIL_FIELDS = Object.keys(PERSON_DETAILS) as [PersonDetail, ...PersonDetail[]]; // prettier-ignore
export const HOME_DETAIL_FIELDS = Object.keys(HOME_DETAILS) as [HomeDetail, ...HomeDetail[]];
export const MOST_DETAIL = 100;

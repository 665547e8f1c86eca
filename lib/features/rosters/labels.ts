import type { IdKind } from "@/lib/kernel/id-number";

/** The columns of the table that lines are typed into, in the order in which lists of people are kept. */
export const ROSTER_COLUMNS = [
  "name",
  "idKind",
  "idNumber",
  "phone",
  "amount",
  "packs",
  "persons",
  "households",
  "payee",
  "account",
  "note",
] as const;
export type RosterColumn = (typeof ROSTER_COLUMNS)[number];

/** How lists that come from elsewhere head their columns. */
export const HEADINGS: Readonly<Record<string, RosterColumn>> = {
  姓名: "name",
  受助人: "name",
  职工姓名: "name",
  困难职工姓名: "name",
  受助人姓名: "name",
  人员姓名: "name",
  证件种类: "idKind",
  证件类型: "idKind",
  证件: "idNumber",
  公民身份号码: "idNumber",
  证件号码: "idNumber",
  身份证号: "idNumber",
  身份证号码: "idNumber",
  身份证: "idNumber",
  电话: "phone",
  联系电话: "phone",
  手机: "phone",
  手机号: "phone",
  手机号码: "phone",
  金额: "amount",
  发放金额: "amount",
  慰问金: "amount",
  慰问金额: "amount",
  救助金额: "amount",
  补助金额: "amount",
  实发金额: "amount",
  份数: "packs",
  人数: "persons",
  户数: "households",
  收款人: "payee",
  户名: "payee",
  账号: "account",
  银行账号: "account",
  银行卡号: "account",
  卡号: "account",
  银行账户: "account",
  收款账号: "account",
  账户名: "payee",
  收款人姓名: "payee",
  备注: "note",
  name: "name",
  "id number": "idNumber",
  phone: "phone",
  amount: "amount",
  payee: "payee",
  account: "account",
  note: "note",
};

/** How lists that come from elsewhere name a document. */
export const ID_KIND_WORDS: Readonly<Record<string, IdKind>> = {
  居民身份证: "resident",
  身份证: "resident",
  港澳台居民居住证: "hmt-permit",
  外国人永久居留身份证: "foreign-permanent",
  外国人永居证: "foreign-permanent",
  护照: "passport",
  其他: "other",
  其他证件: "other",
};

/** So many lines a record may have. */
export const MOST_LINES = 10_000;

/** 待付 · 已付 · 退票 · 补发: where the money of a line stands. */
export const PAYMENT_STATES = ["pending", "paid", "returned", "reissued"] as const;
export type PaymentState = (typeof PAYMENT_STATES)[number];

/** Why a bank sends money back. */
export const RETURN_REASONS = [
  "no-account",
  "name-mismatch",
  "frozen",
  "lost",
  "closed",
  "stopped",
  "dormant",
  "limit",
  "sender",
  "other",
] as const;
export type ReturnReason = (typeof RETURN_REASONS)[number];

import type { ReturnRow } from "./types";

export type ReturnColumn = "no" | "account" | "amount" | "result" | "words";

/** How banks head the columns of their returns. */
export const RETURN_HEADINGS: Readonly<Record<string, ReturnColumn>> = {
  序号: "no",
  自定义序号: "no",
  编号: "no",
  "no.": "no",
  no: "no",
  账号: "account",
  帐号: "account",
  收款账号: "account",
  收款帐号: "account",
  收款人账号: "account",
  卡号: "account",
  银行账号: "account",
  银行卡号: "account",
  account: "account",
  金额: "amount",
  交易金额: "amount",
  实发金额: "amount",
  amount: "amount",
  结果: "result",
  处理结果: "result",
  交易结果: "result",
  交易状态: "result",
  状态: "result",
  处理状态: "result",
  入账状态: "result",
  result: "result",
  status: "result",
  原因: "words",
  失败原因: "words",
  退票原因: "words",
  错误信息: "words",
  错误原因: "words",
  返回信息: "words",
  摘要: "words",
  reason: "words",
};

/** What banks call a line that was paid, and one that was not. What came back is told first: 未成功 is no success. */
export const RESULT_WORDS: readonly (readonly [RegExp, ReturnRow["result"]])[] = [
  [/失败|退票|退汇|退回|未成功|不成功|拒绝|fail|return|reject/i, "returned"],
  [/成功|已付|已入账|已记账|完成|success|paid|ok/i, "paid"],
];

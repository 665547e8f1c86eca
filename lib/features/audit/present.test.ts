import { describe, expect, it } from "vitest";
import { messagesOf } from "@/lib/i18n/messages";
import { wordsFor } from "./labels";
import { factsOf } from "./present";
import type { AuditEntry } from "./schema";

const named = (code: string) => ({ "golden-autumn": "金秋助学", "county-union": "县级工会", "630123": "湟源县总工会" })[code] ?? code; // prettier-ignore
const names = {
  organisation: named,
  programme: named,
  aidCategory: named,
  recipientKind: named,
  fundSource: named,
  campaign: named,
};
const entry = (action: string, body: AuditEntry["body"]): AuditEntry => ({
  id: "1",
  at: "2026-11-20T02:00:00.000Z",
  actor: null,
  action,
  subjectType: "disbursement",
  subjectId: "42",
  subjectName: null,
  organisation: "630123",
  records: { "42": "630123-2026-000042" },
  body,
  hash: "",
});
const told = (locale: "zh-CN" | "en", action: string, body: AuditEntry["body"]) =>
  factsOf(entry(action, body), wordsFor(messagesOf(locale), names, locale)).map(
    ({ field, before, after }) => [field, before, after].filter((part) => part !== null).join("｜"),
  );

describe("what an entry says", () => {
  it("names a finding as the list of checks does", () => {
    const answers = [{ rule: "per-head-unusual", answer: "checked-correct" }];
    expect(told("zh-CN", "disbursement.submit", { answers })).toEqual([
      expect.stringMatching(/｜人均与同类单位 → 已核对，填写无误$/),
    ]);
  });

  it("is told in the reader's words, money in yuan", () => {
    expect(
      told("zh-CN", "disbursement.create", {
        after: {
          programme: "golden-autumn",
          form: "transfer",
          amountFen: "15390000",
          amountKind: "exact",
          counts: { households: 21, persons: 3 },
          shares: [
            { fundSource: "county-union", amountFen: "5390000" },
            { fundSource: "elsewhere", amountFen: null },
          ],
          note: "…",
          campaign: null,
        },
        origin: "entered",
      }),
    ).toEqual([
      "项目｜金秋助学",
      "形式｜银行转账",
      "金额｜153,900.00 元",
      "金额是否准确｜准确",
      "数量｜21 户 3 人",
      "资金来源｜县级工会 53,900.00 元；elsewhere",
      "备注｜有文字，内容不入审计链",
      "来历｜录入",
    ]);
  });

  it("shows what was beside what is", () => {
    expect(
      told("zh-CN", "disbursement.update", {
        before: { amountFen: "100", note: null },
        after: { amountFen: "-200", note: "…" },
        version: 2,
      }),
    ).toEqual(["金额｜1.00 元｜-2.00 元", "备注｜—｜有文字，内容不入审计链", "版本｜2"]);
  });

  it("says steps, reasons and answers as the buttons did", () => {
    const body = { from: "submitted", to: "returned", reason: "amount-wrong", version: 3 };
    expect(told("zh-CN", "disbursement.return", body)).toEqual([
      "原状态｜已上报",
      "新状态｜已退回",
      "原因｜金额有误",
      "版本｜3",
    ]);
    const answers = [{ rule: "counts-missing", answer: "checked-correct" }];
    expect(told("en", "disbursement.submit", { answers })).toEqual([
      expect.stringMatching(/^Answers｜.+ → .+/),
    ]);
  });

  it("leaves what it has no word for as it is, and is not fooled by inherited names", () => {
    expect(told("zh-CN", "user.create", { constructor: "toString", role: "valueOf" })).toEqual([
      "constructor｜toString",
      "角色｜valueOf",
    ]);
    expect(told("zh-CN", "year.close", { acceptOpen: false, draft: 0, sha256: "ab" })).toHaveLength(
      3,
    );
  });
});

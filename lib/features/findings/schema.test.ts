import { describe, expect, test } from "vitest";
import { FINDING_RULES } from "@/lib/kernel/record-codes";
import { checkedRecord as record, findingContext as context } from "@/testing/checked";
import { blockingFindings, findFindings, riskOf, standingFindings, withAnswers } from "./rules";
import type { CheckedRecord } from "@/lib/features/checks/types";

test("an answer frees a soft finding and never a hard one", () => {
  const drafts = findFindings({ ...record, form: "goods", shares: [] }, context);
  const answer = { code: "checked-correct" as const, words: null };
  const answers = FINDING_RULES.map((rule) => ({ rule, ...answer }));
  expect(blockingFindings(withAnswers(drafts, [])).map((f) => f.rule)).toEqual([
    "shares-missing",
    "form-not-allowed",
  ]);
  expect(blockingFindings(withAnswers(drafts, answers)).map((f) => f.rule)).toEqual([
    "shares-missing",
  ]);
  expect(riskOf(withAnswers(drafts, []))).toBe(0);
  expect(riskOf([])).toBe(3);
});

describe("answers", () => {
  const drafts = () => findFindings({ ...record, form: "goods", shares: [] }, context);
  const answers = [
    { rule: "form-not-allowed" as const, code: "other" as const, words: "上级同意" },
  ];

  test("stand beside the finding they are given to, and beside no other", () => {
    expect(withAnswers(drafts(), answers).map((f) => [f.rule, f.answer])).toEqual([
      ["shares-missing", null],
      ["form-not-allowed", { code: "other", words: "上级同意", covers: true }],
    ]);
  });

  test("cover the values they were given for, and no others", () => {
    const [, asked] = drafts();
    const given = (values: Record<string, string>) => [{ ...answers[0]!, values }];
    const open = (values: Record<string, string>) =>
      blockingFindings(withAnswers(drafts(), given(values))).map((f) => f.rule);
    expect(asked?.values).toEqual({ form: "goods", programme: record.programme });
    // in whatever order a store gives them back
    expect(open({ programme: record.programme, form: "goods" })).toEqual(["shares-missing"]);
    expect(open({ programme: record.programme, form: "cash" })).toEqual([
      "shares-missing",
      "form-not-allowed",
    ]);
    // what the finding did not tell then was no part of the question; what it no longer tells was
    expect(open({ programme: record.programme })).toEqual(["shares-missing"]);
    expect(open({ form: "goods", programme: record.programme, month: "8" })).toEqual([
      "shares-missing",
      "form-not-allowed",
    ]);
    expect(open({ programme: "cool-summer" })).toEqual(["shares-missing", "form-not-allowed"]);
  });

  test("an approved record keeps what was weighed, a voided one nothing", () => {
    const standing = (status: CheckedRecord["status"]) =>
      standingFindings(drafts(), { status, answers }).map((f) => [f.rule, f.answer?.words]);
    for (const status of ["draft", "submitted", "returned"] as const)
      expect(standing(status)).toEqual([
        ["shares-missing", undefined],
        ["form-not-allowed", "上级同意"],
      ]);
    expect(standing("approved")).toEqual([["form-not-allowed", "上级同意"]]);
    expect(standing("voided")).toEqual([]);
  });

  test("an answer covers the values it was given for, and while a record waits whatever others spend", () => {
    const [, soft] = drafts();
    if (!soft) throw new Error("two findings were planted");
    const given = { rule: soft.rule, code: "other" as const, words: "上级同意" };
    const answers = [{ ...given, values: { ...soft.values, thisYearFen: "1" } }];
    const covers = (status: CheckedRecord["status"]) =>
      standingFindings([soft], { status, answers }).map((f) => f.answer?.covers);
    expect([covers("draft"), covers("returned")]).toEqual([[false], [false]]);
    expect([covers("submitted"), covers("approved")]).toEqual([[true], [true]]);
  });

  test("a notice stops nobody; the gravest finding says how a record is ranked", () => {
    const [hard, soft] = withAnswers(drafts(), []);
    if (!hard || !soft) throw new Error("two findings were planted");
    const notice = { ...soft, level: "notice" as const };
    expect(blockingFindings([notice, soft])).toEqual([soft]);
    expect([riskOf([notice]), riskOf([notice, soft]), riskOf([soft, notice])]).toEqual([2, 1, 1]);
    expect(riskOf([notice, hard, soft])).toBe(0);
  });
});

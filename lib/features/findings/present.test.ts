import { createTranslator } from "next-intl";
import { describe, expect, test } from "vitest";
import { messagesOf } from "@/lib/i18n/messages";
import { CHECKS } from "@/lib/features/checks/labels";
import { FINDING_RULES, THRESHOLDS } from "@/lib/kernel/record-codes";
import { sentencesOf } from "@/lib/platform/sentences";
import { checkedRecord, findingContext } from "@/testing/checked";
import { shownFindings } from "./present";
import type { CheckedRecord, Draft, FindingContext } from "@/lib/features/checks/types";
import { findFindings, withAnswers } from "./rules";

const STOPS = { fundSource: "central-treasury", isEarmarked: true, limit: "stop" } as const;

const record: CheckedRecord = { ...checkedRecord, counts: { personTimes: 3 } };
const context: FindingContext = {
  ...findingContext,
  allowedForms: ["transfer"],
  mainUnit: "personTimes",
};
const peers = { count: 12, medianFen: 100n, deviationFen: 1n };
const rate = { unitFen: "600", count: 3, times: 1 };

/** Records in which every rule finds something, each way its sentence goes. */
const NO_EVIDENCE = { files: 0, used: [], alike: [], taken: [], invoices: [] };
const REFERENCES = ["630123-2026-000009"];
const SHOWN = {
  files: 4,
  used: [{ no: 1, references: REFERENCES, elsewhere: true }],
  alike: [{ no: 2, references: REFERENCES, elsewhere: true }],
  taken: [{ no: 3, day: "2025-01-01" }],
  invoices: [{ no: 4, number: "12345678", references: REFERENCES, elsewhere: false }],
  signatures: 20,
};
const DRAFTS: Draft[] = [
  findFindings({ ...record, rate, cashFen: "1", form: "goods" }, context),
  findFindings({ ...record, rate: { ...rate, count: 40 }, shares: [] }, context),
  findFindings({ ...record, shares: [{ fundSource: "x", amountFen: "1" }] }, context),
  findFindings({ ...record, amountFen: null, form: null, paidOn: null, counts: {} }, context),
  findFindings({ ...record, paidOn: "2027-03-01", month: 3 }, { ...context, yearOpen: false }),
  findFindings(record, { ...context, peers }),
  findFindings(record, { ...context, peers: { ...peers, medianFen: 1_100_000n }, months: 10 }),
  findFindings(record, { ...context, thisYearFen: 10n ** 10n, lastYearFen: 1n }),
  findFindings(record, { ...context, duplicates: ["630123-2026-000002"] }),
  findFindings({ ...record, amountKind: "unvalued", amountFen: null, shares: [{ fundSource: "x", amountFen: null }] }, { ...context, duplicates: ["630123-2026-000002"] }), // prettier-ignore
  findFindings(record, { ...context, earmarked: [{ ...STOPS, receivedFen: 1n, spentFen: 2n }] }), // prettier-ignore
  findFindings(record, { ...context, campaign: { code: "2026-winter", startsOn: "2026-11-01", endsOn: "2026-12-31" } }), // prettier-ignore
  findFindings({ ...record, amountFen: "20000000", paidOn: "2026-09-30" }, context),
  findFindings({ ...record, rate }, { ...context, unitPrices: { count: 6, medianFen: 1n } }),
  findFindings({ ...record, rate }, { ...context, unitPrices: { count: 6, medianFen: 100_000n } }),
  findFindings({ ...record, form: "voucher", counts: { packs: 7 } }, context),
  findFindings(record, { ...context, bunched: { count: 40, before: 20, from: "2026-09-26", to: "2026-09-30" } }), // prettier-ignore
  findFindings(record, { ...context, otherHeadings: [{ programme: "golden-autumn", reference: "630123-2026-000007" }] }), // prettier-ignore
  findFindings({ ...record, counts: { persons: 3, households: 1 } }, { ...context, roster: { lines: 2, amountFen: "1", persons: 2, households: 2, packs: 0, twice: [1, 2], known: [2], references: ["630123-2026-000008"], alike: (["account", "phone", "name", "household"] as const).flatMap((of) => (["roster", "ledger"] as const).map((where) => ({ of, where, count: 1, lines: ["1/2"], references: ["630123-2026-000008"] }))) } }), // prettier-ignore
  (["none", "hanging", "changed"] as const).flatMap((state) => findFindings(record, { ...context, notice: { state, lines: 2, endsOn: state === "hanging" ? "2026-10-10" : "" } })), // prettier-ignore
  findFindings(record, { ...context, months: 10, thresholds: { ...context.thresholds, "standard-per-head": 1 } }), // prettier-ignore
  findFindings(record, { ...context, thresholds: { ...context.thresholds, "standard-per-head": 1 } }), // prettier-ignore
  findFindings(record, { ...context, evidence: NO_EVIDENCE, thresholds: { ...context.thresholds, "evidence-from": 1 } }), // prettier-ignore
  findFindings(record, { ...context, evidence: SHOWN, roster: { lines: 2, amountFen: record.amountFen ?? "0", persons: 0, households: 2, packs: 0, twice: [], known: [], references: [], alike: [] } }), // prettier-ignore
  findFindings(record, { ...context, evidence: { ...SHOWN, used: [{ no: 1, references: [], elsewhere: true }] }, campaign: { code: "2026-winter", startsOn: "2026-11-01", endsOn: "2026-12-31" } }), // prettier-ignore
  findFindings(
    { ...record, shares: [{ fundSource: "central-treasury", amountFen: record.amountFen }] },
    {
      ...context,
      earmarked: [{ ...STOPS, receivedFen: 10n ** 10n, spentFen: 1n }],
      thresholds: { ...context.thresholds, "co-funding-share": 20 },
    },
  ),
].flat();

const NAMES = {
  "golden-autumn": ["金秋助学", "Golden Autumn"],
  "central-treasury": ["中央财政", "Central treasury"],
  "2026-winter": ["2026年冬送温暖", "Winter Warmth 2026"],
} as const;
/** Any code of ours, in either case: kebab words, camel words, and rules. */
const CODE = /[a-z]+-[a-z]|[a-z][A-Z]|\d{4}-[a-z]/;

test("every rule is in the table, and finds at the level it is kept with", () => {
  expect(new Set(DRAFTS.map(({ rule }) => rule))).toEqual(new Set(FINDING_RULES));
  expect(DRAFTS.filter(({ rule, level }) => CHECKS[rule].level !== level)).toEqual([]);
});

test("every threshold steers a check", () =>
  expect(new Set(Object.values(CHECKS).flatMap(({ thresholds }) => thresholds))).toEqual(
    new Set(THRESHOLDS),
  ));

describe.each(["zh-CN", "en"] as const)("in %s no sentence of a finding has a code", (locale) => {
  const spotless = (sentence: string) => {
    expect(sentence.replaceAll("person-time", "")).not.toMatch(CODE);
    expect(sentence).not.toMatch(/[{}—]/);
    if (locale === "zh-CN") expect(sentence).not.toMatch(/[a-z]/i);
  };

  test.each(DRAFTS.map((draft) => [draft.rule, draft] as const))("refused: %s", (rule, draft) => {
    const named = Object.entries(draft.values).map(([name, value]) => {
      const [nameZh, nameEn] = NAMES[value as keyof typeof NAMES] ?? [];
      return [name, nameZh && nameEn ? { nameZh, nameEn } : value];
    });
    const values = Object.fromEntries(named) as Record<string, string>;
    for (const said of [values, draft.values]) {
      const { field = [] } = sentencesOf(
        { field: [{ key: `finding.${rule}`, values: said }] },
        locale,
      );
      expect(field).toHaveLength(1);
      spotless(field[0] ?? "");
    }
  });

  const { findings, labels } = messagesOf(locale);
  const of = (code: string) => NAMES[code as keyof typeof NAMES]?.[locale === "en" ? 1 : 0] ?? code;
  const names = {
    ...{ organisation: of, programme: of, aidCategory: of, recipientKind: of },
    ...{ fundSource: of, campaign: of },
  };
  const label = createTranslator<Record<string, never>>({ locale, messages: labels as never });
  const said = Object.entries(findings.rule).map(([rule, one]) => [
    rule,
    `${one.sentence} ${one.formula}`,
  ]);
  const say = createTranslator<{ said: Record<string, string> }>({
    locale,
    messages: { said: Object.fromEntries(said) as Record<string, string> },
  });

  test.each(
    shownFindings(withAnswers(DRAFTS, []), {
      names,
      label: (key) => label(key as never),
      locale,
    }).map((one) => [one.rule, one] as const),
  )("shown: %s", (rule, { shown }) => {
    // prettier-ignore
    spotless(say(`said.${rule}`, shown));
  });
});

test("counts have their units, and what fits no count says so", () => {
  const [zh] = sentencesOf(
    { rate: DRAFTS.filter(({ rule }) => rule === "rate-basis").map(({ values }) => ({ key: "finding.rate-basis", values })) }, // prettier-ignore
    "zh-CN",
  )["rate"] ?? [""];
  expect(zh).toContain("6.00 元 × 3 人次 × 1 次 = 18.00 元");
  const perHead = DRAFTS.filter(({ rule }) => rule === "per-head-unusual");
  const said = (locale: "zh-CN" | "en") =>
    sentencesOf({ amountFen: perHead.map(({ values }) => ({ key: "finding.per-head-unusual", values })) }, locale)["amountFen"]; // prettier-ignore
  expect(said("zh-CN")).toEqual([
    "每人次金额偏高，为同类单位中位数的 51300.0 倍。153,900.00 元 ÷ 3 人次 = 51,300.00 元；同项目 12 个单位的中位数为 1.00 元（界限 2 倍）",
    "每人次每月金额偏低，为同类单位中位数的 0.5 倍。153,900.00 元 ÷ 3 人次 ÷ 10 个月 = 5,130.00 元；同项目、同样跨月的 12 个单位的中位数为每月 11,000.00 元（界限 2 倍）",
  ]);
});

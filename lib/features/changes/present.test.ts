import { createTranslator } from "next-intl";
import { describe, expect, it } from "vitest";
import { messagesOf } from "@/lib/i18n/messages";
import type { Locale } from "@/lib/kernel/preferences";
import { changesSentence } from "./present";
import { nothing, startsOf } from "./rules";

function sentence(
  amountFen: string,
  counts: Partial<Record<"approved" | "corrected" | "received" | "takenBack", number>>,
  {
    locale = "zh-CN",
    since = "2026-01-10T01:00:00.000Z",
  }: { locale?: Locale; since?: string } = {},
): string {
  const t = createTranslator({ locale, messages: messagesOf(locale) });
  const say = (space: string) => (key: string, values?: Record<string, string | number>) =>
    t(`${space}.${key}` as "changes.title", values);
  return changesSentence(
    {
      since: { asOf: since, seq: 10 },
      until: { asOf: "2026-11-26T02:00:00.000Z", seq: 90 },
      sum: { ...nothing(), amountFen },
      counts: { approved: 0, corrected: 0, received: 0, takenBack: 0, ...counts },
    },
    { locale, unit: "wan", changes: say("changes"), common: say("common") },
  ).trim();
}

describe("what changed since", () => {
  it("is said in one sentence: by how much, and by what", () => {
    const counts = { approved: 2, corrected: 1 };
    expect(sentence("3200000", counts)).toBe("比1月10日多 3.20 万元：2 笔新审核、1 笔更正。");
    expect(sentence("3200000", counts, { locale: "en" })).toBe(
      "32,000.00 yuan more than on 10 January: 2 approvals, 1 correction.",
    );
    expect(sentence("-1", { corrected: 1 })).toBe("比1月10日少 0.000001 万元：1 笔更正。");
  });

  it("tells what came to nothing from where nothing happened", () => {
    expect(sentence("0", { corrected: 2 })).toBe("与1月10日相比合计未变，2 处变动：2 笔更正。");
    expect(sentence("0", {})).toBe("1月10日以来支出没有变动。");
    expect(sentence("0", { corrected: 1 }, { locale: "en" })).toBe(
      "The total is the same as on 10 January, with 1 change: 1 correction.",
    );
  });

  it("never counts money received among what was spent", () => {
    expect(sentence("0", { received: 2, takenBack: 1 })).toBe(
      "1月10日以来支出没有变动。资金另有变动：2 笔到位、下拨或结转、1 笔作废到位。",
    );
  });

  it("names the year where it is another, and the hour on the day itself", () => {
    const other = sentence("100", { approved: 1 }, { since: "2025-12-31T16:30:00.000Z" });
    expect(other).toContain("比1月1日多");
    expect(sentence("100", { approved: 1 }, { since: "2025-12-30T16:30:00.000Z" })).toContain(
      "比2025年12月31日多",
    );
    expect(sentence("100", { approved: 1 }, { since: "2026-11-26T01:05:00.000Z" })).toContain(
      "比09:05多",
    );
  });

  it("begins at midnights of China", () => {
    expect(startsOf("2026-03-03").map(({ since }) => since.slice(0, 10))).toEqual([
      "2026-03-03",
      "2026-02-24",
      "2026-03-01",
      "2026-01-01",
    ]);
  });
});

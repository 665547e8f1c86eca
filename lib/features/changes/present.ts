import { formatFen, type MoneyUnit } from "@/lib/kernel/money";
import type { Locale } from "@/lib/kernel/preferences";
import { dayText, listText, momentText, monthDayText } from "@/lib/kernel/written";
import type { ChangeKind, Changes } from "./schema";

type Say = (key: string, values?: Record<string, string | number>) => string;
export type ChangesWords = { locale: Locale; unit: MoneyUnit; changes: Say; common: Say };

type Told = Pick<Changes, "since" | "until" | "sum" | "counts">;

/** A day as one says it: with its year where that is another, with the time where it is the same day. */
function sinceText({ since, until }: Pick<Changes, "since" | "until">, locale: Locale): string {
  const [from, to] = [momentText(since.asOf), momentText(until.asOf)];
  const day = from.slice(0, 10);
  if (day === to.slice(0, 10)) return from.slice(11);
  return day.slice(0, 4) === to.slice(0, 4) ? monthDayText(day, locale) : dayText(day, locale);
}

/** Before the first entry there is no time. */
export const isBeginning = ({ asOf }: { asOf: string }): boolean => new Date(asOf).getTime() === 0;

/** "比1月10日多 3.20 万元：2 笔新审核，1 笔更正。" Nothing moved, and what moved and came to nothing, are two things. */
export function changesSentence(told: Told, words: ChangesWords): string {
  const { changes: t, common, locale } = words;
  // "3.20 10,000 yuan" is no English
  const unit = locale === "en" ? "yuan" : words.unit;
  const day = isBeginning(told.since)
    ? t("beginning")
    : t("onDay", { day: sinceText(told, locale) });
  const counted = (kinds: readonly ChangeKind[]) => {
    const found = kinds.filter((kind) => told.counts[kind] > 0);
    return {
      all: found.reduce((sum, kind) => sum + told.counts[kind], 0),
      items: listText(
        found.map((kind) => t(`count.${kind}`, { count: told.counts[kind] })),
        locale,
      ),
    };
  };
  const [moved, money] = [counted(["approved", "corrected"]), counted(["received", "takenBack"])];
  const beside = money.all === 0 ? "" : t("sentence.money", { items: money.items });
  if (moved.all === 0) return t("sentence.nothing", { day }) + beside;
  const fen = BigInt(told.sum.amountFen);
  if (fen === 0n) return t("sentence.same", { day, count: moved.all, items: moved.items }) + beside;
  const amount = formatFen(fen < 0n ? -fen : fen, { unit, exact: true });
  const said = { day, amount, unit: common(`unit.${unit}`), items: moved.items };
  return t(fen > 0n ? "sentence.more" : "sentence.less", said) + beside;
}

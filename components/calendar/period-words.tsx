import { useLocale, useTranslations } from "next-intl";
import { Badge, type Tone } from "@/components/ui/badge";
import type { ExpectedPeriod, PeriodState } from "@/lib/features/calendar/types";
import type { Locale } from "@/lib/kernel/preferences";
import { dayText } from "@/lib/kernel/written";

const TONES: Record<PeriodState, Tone> = {
  ahead: "neutral",
  due: "info",
  late: "warning",
  done: "success",
  nil: "neutral",
  missing: "danger",
};

export function PeriodBadge({ state }: { state: PeriodState }) {
  return <Badge tone={TONES[state]}>{useTranslations("labels.periodState")(state)}</Badge>;
}

type Timed = Pick<ExpectedPeriod, "state" | "dueOn" | "daysLeft" | "daysLate">;

/** By when, and how far from it: 12月10日前报送，还有 14 天. */
export function DueWords({ period }: { period: Timed }) {
  const t = useTranslations("calendar.due");
  const locale = useLocale() as Locale;
  const { state, daysLeft, daysLate } = period;
  const day = dayText(period.dueOn, locale);
  if (state === "due") return t(daysLeft === 0 ? "today" : "left", { day, days: daysLeft ?? 0 });
  if (state === "late") return t("late", { day, days: daysLate ?? 0 });
  if (state === "done" && daysLate !== null) return t("doneLate", { day, days: daysLate });
  return state === "done" ? t("inTime", { day }) : t("by", { day });
}

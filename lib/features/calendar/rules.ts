import type { CivilDate } from "@/lib/kernel/fiscal-year";
import type { Completeness, ExpectedPeriod, Narrowing, PeriodFacts, PeriodState } from "./types";

const DAY_MS = 86_400_000;

/** From the first day to the second; below zero where that lies before. */
export const daysBetween = (from: CivilDate, to: CivilDate): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);

const isDone = ({ approved, submitted, covering }: PeriodFacts) =>
  approved + submitted > 0 || covering !== null;

/** A record outweighs a declaration that there was none. */
export function stateOf(facts: PeriodFacts, today: CivilDate): PeriodState {
  if (isDone(facts)) return "done";
  if (facts.nil?.end === null) return "nil";
  if (today <= facts.dueOn) return today < facts.periodFrom ? "ahead" : "due";
  return facts.yearOpen ? "late" : "missing";
}

/** With its state, and how many days it has or has taken. */
export function standingOf<Facts extends PeriodFacts>(facts: Facts, today: CivilDate) {
  const state = stateOf(facts, today);
  const came = state === "done" ? facts.firstSentOn : state === "late" ? today : null;
  const late = came === null ? 0 : daysBetween(facts.dueOn, came);
  return {
    ...facts,
    state,
    daysLeft: state === "due" ? daysBetween(today, facts.dueOn) : null,
    daysLate: late > 0 ? late : null,
  };
}

/** Nothing more is asked of it. */
export const isSettled = (state: PeriodState): boolean => state === "done" || state === "nil";

/** Something of the period is written, and nobody has it for review. */
export const isBegun = ({ draft, returned }: Pick<ExpectedPeriod, "draft" | "returned">): boolean =>
  draft + returned > 0;

/** May it be said of this period that there was nothing? Not before it began, nor while something stands in it. */
export const canDeclareNil = (facts: PeriodFacts, today: CivilDate): boolean =>
  facts.yearOpen &&
  today >= facts.periodFrom &&
  facts.nil?.end !== null &&
  !isDone(facts) &&
  !isBegun(facts);

/** Counts and no shares: nobody is ranked. */
export function completenessOf(
  periods: readonly { state: PeriodState; daysLate: number | null }[],
): Completeness {
  const of = (state: PeriodState) => periods.filter((one) => one.state === state).length;
  const [done, nil, late, missing] = [of("done"), of("nil"), of("late"), of("missing")];
  return {
    asked: done + nil + late + missing,
    ...{ done, nil, late, missing, due: of("due"), ahead: of("ahead") },
    punctual: periods.filter(({ state, daysLate }) => state === "done" && daysLate === null).length,
  };
}

/** What can still be settled, or should have been. */
export const OPEN_STATES: PeriodState[] = ["due", "late", "missing"];

export const narrowed = <Period extends Pick<ExpectedPeriod, "programme" | "state">>(
  periods: readonly Period[],
  { programme, state }: Narrowing,
): Period[] =>
  periods.filter(
    (period) =>
      (programme === undefined || programme.includes(period.programme)) &&
      (state === undefined || state.includes(period.state)),
  );

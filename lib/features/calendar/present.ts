import type { Reference } from "@/lib/features/reference/types";
import type { CivilDate } from "@/lib/kernel/fiscal-year";
import type { Locale } from "@/lib/kernel/preferences";
import { dayText, monthDayText, monthText } from "@/lib/kernel/written";
import { periodRecordsHref, programmeHref } from "./address";
import { completenessOf } from "./rules";
import type { ExpectedPeriod, Matrix, MatrixCell } from "./types";

type Days = { periodFrom: CivilDate; periodTo: CivilDate };

const isMonth = ({ periodFrom, periodTo }: Days) =>
  periodFrom.slice(0, 7) === periodTo.slice(0, 7) && periodFrom.endsWith("-01");

/** 2026年3月; 2025年11月1日至2026年2月28日; 2026年6月1日至8月31日. */
export function periodText(days: Days, locale: Locale): string {
  if (isMonth(days)) return monthText(days.periodFrom, locale);
  const { periodFrom: from, periodTo: to } = days;
  const sameYear = from.slice(0, 4) === to.slice(0, 4);
  if (locale === "en")
    return `${sameYear ? monthDayText(from, locale) : dayText(from, locale)} – ${dayText(to, locale)}`;
  return `${dayText(from, locale)}至${sameYear ? monthDayText(to, locale) : dayText(to, locale)}`;
}

function cellOf(periods: readonly ExpectedPeriod[], year: number): MatrixCell | undefined {
  const [only, ...others] = periods;
  if (!only) return undefined;
  const counts = completenessOf(periods);
  const all = programmeHref({ year, organisation: only.organisation }, only.programme);
  if (others.length > 0) return { one: null, counts, href: all };
  const { state, daysLeft, daysLate } = only;
  const records = only.approved + only.submitted;
  return {
    one: { state, daysLeft, daysLate, records },
    counts,
    href: records > 0 ? periodRecordsHref(only) : all,
  };
}

const groupOf = <Key extends "organisation" | "programme">(
  periods: readonly ExpectedPeriod[],
  key: Key,
) => {
  const groups = new Map<string, ExpectedPeriod[]>();
  for (const period of periods)
    groups.set(period[key], [...(groups.get(period[key]) ?? []), period]);
  return groups;
};

/** Organisations in the order of their codes, as they come, and programmes in theirs: nobody is ranked. */
export function matrixOf(
  periods: readonly ExpectedPeriod[],
  { reference, year }: { reference: Pick<Reference, "programmes" | "organisations">; year: number },
): Matrix {
  const ofProgramme = groupOf(periods, "programme");
  const programmes = reference.programmes.flatMap(({ code }) => {
    const of = ofProgramme.get(code);
    return of ? [{ code, counts: completenessOf(of) }] : [];
  });
  const rows = [...groupOf(periods, "organisation")].map(([organisation, of]) => {
    const own = groupOf(of, "programme");
    return {
      organisation,
      counts: completenessOf(of),
      cells: Object.fromEntries(
        programmes.map(({ code }) => [code, cellOf(own.get(code) ?? [], year)]),
      ),
    };
  });
  const prefectures = new Map(
    reference.organisations.map(({ code, prefectureCode }) => [code, prefectureCode]),
  );
  const groups = [...new Set(rows.map(({ organisation }) => prefectures.get(organisation)))].map(
    (prefecture) => {
      const lies = ({ organisation }: { organisation: string }) =>
        prefectures.get(organisation) === prefecture;
      return {
        prefecture: prefecture ?? "",
        counts: completenessOf(periods.filter(lies)),
        rows: rows.filter(lies),
      };
    },
  );
  return { programmes, groups, total: completenessOf(periods) };
}

/** One organisation's periods, programme by programme. */
export const byProgramme = (
  periods: readonly ExpectedPeriod[],
): { programme: string; periods: ExpectedPeriod[] }[] =>
  [...groupOf(periods, "programme")].map(([programme, of]) => ({ programme, periods: of }));

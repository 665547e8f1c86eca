import { useLocale, useTranslations } from "next-intl";
import { placeSource, yearOptions } from "@/components/figures/options";
import { ScopeBar } from "@/components/figures/scope-bar";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { completenessOf } from "@/lib/features/calendar/rules";
import type { CalendarView } from "@/lib/features/calendar/types";
import { namesOf, placeName } from "@/lib/features/reference/present";
import type { Locale } from "@/lib/kernel/preferences";
import { CalendarMatrix } from "./calendar-matrix";
import { OfficePeriods } from "./office-periods";

function Filters({ view }: { view: CalendarView }) {
  const t = useTranslations("calendar.filter");
  const locale = useLocale() as Locale;
  const { reference, root, year } = view;
  return (
    <ScopeBar
      path="/calendar"
      label={t("label")}
      apply={t("apply")}
      kept={{}}
      fields={[
        {
          name: "year",
          label: t("year"),
          width: "year",
          value: String(year),
          options: yearOptions(reference, year),
        },
        {
          name: "org",
          label: t("org"),
          width: "place",
          value: root.code,
          organisations: placeSource(view, root.code, locale),
        },
      ]}
    />
  );
}

function Below({ view }: { view: CalendarView }) {
  const locale = useLocale() as Locale;
  const { matrix, reference, year } = view;
  if (matrix === null || matrix.rows.length === 0) return null;
  const entries = <T extends { code: string }>(list: readonly T[], name: (of: T) => string) =>
    Object.fromEntries(list.map((of) => [of.code, name(of)]));
  const names = namesOf(reference, locale);
  return (
    <CalendarMatrix
      matrix={matrix}
      year={year}
      places={entries(reference.organisations, (place) => placeName(place, locale))}
      programmes={entries(matrix.programmes, ({ code }) => names.programme(code))}
    />
  );
}

/** What is expected of whom in a year and where it stands: said, and never blocked. */
export function CalendarPage({ view }: { view: CalendarView }) {
  const t = useTranslations("calendar");
  const locale = useLocale() as Locale;
  const { reference, root, year, today, one, matrix, mayDeclare, keepsYears } = view;
  const total = matrix?.total ?? completenessOf(one);
  const nothing = total.asked + total.due + total.ahead === 0;
  return (
    <div className="stack">
      <PageHeader
        title={t("title", { year: String(year) })}
        lead={
          nothing
            ? t("leadNothing")
            : t("lead", {
                ...total,
                place: placeName(root, locale),
                open: total.late + total.missing,
              })
        }
        actions={keepsYears && <LinkButton href="/admin/years">{t("years")}</LinkButton>}
      />
      <Filters view={view} />
      {nothing && <EmptyState title={t("empty")}>{t("emptyHint")}</EmptyState>}
      {one.length > 0 && (
        <OfficePeriods
          periods={one}
          names={namesOf(reference, locale)}
          today={today}
          mayDeclare={mayDeclare}
        />
      )}
      <Below view={view} />
      {!nothing && <p className="quiet">{t("foot")}</p>}
    </div>
  );
}

import { useLocale, useTranslations } from "next-intl";
import { placeSource, yearOptions } from "@/components/figures/options";
import { ScopeBar } from "@/components/figures/scope-bar";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { calendarHref } from "@/lib/features/calendar/address";
import { OPEN_STATES } from "@/lib/features/calendar/rules";
import type { CalendarView, PeriodState } from "@/lib/features/calendar/types";
import { namesOf, placeName } from "@/lib/features/reference/present";
import type { Locale } from "@/lib/kernel/preferences";
import { listText } from "@/lib/kernel/written";
import { CalendarMatrix } from "./calendar-matrix";
import { OfficePeriods } from "./office-periods";

/** The choices of a state that are worth a look by themselves. */
function useStateOptions(chosen: readonly PeriodState[] | undefined) {
  const t = useTranslations("calendar.filter");
  const states = useTranslations("labels.periodState");
  const and = useTranslations("calendar.counts")("and");
  const options = [
    { value: OPEN_STATES.join(","), label: t("openStates") },
    { value: "late,missing", label: t("overdue") },
    ...(["due", "nil", "done"] as const).map((state) => ({ value: state, label: states(state) })),
  ];
  const value = chosen?.join(",") ?? "";
  const known = value === "" || options.some((option) => option.value === value);
  return {
    value,
    options: known
      ? options
      : [...options, { value, label: (chosen ?? []).map((state) => states(state)).join(and) }],
  };
}

function Filters({ view }: { view: CalendarView }) {
  const t = useTranslations("calendar.filter");
  const locale = useLocale() as Locale;
  const { reference, root, year, asked, programmes } = view;
  const states = useStateOptions(asked.state);
  const names = namesOf(reference, locale);
  const chosen = asked.programme?.join(",") ?? "";
  // several together, or one of which nothing is expected, come by the address alone
  const listed = chosen === "" || programmes.includes(chosen) ? programmes : [...programmes, chosen]; // prettier-ignore
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
        {
          name: "programme",
          label: t("programme"),
          width: "programme",
          value: chosen,
          options: listed.map((codes) => ({
            value: codes,
            label: listText(codes.split(",").map(names.programme), locale),
          })),
          placeholder: t("allProgrammes"),
        },
        {
          name: "state",
          label: t("state"),
          width: "programme",
          ...states,
          placeholder: t("allStates"),
        },
      ]}
    />
  );
}

function Below({ view }: { view: CalendarView }) {
  const locale = useLocale() as Locale;
  const { matrix, reference, year, asked } = view;
  if (matrix === null || matrix.groups.length === 0) return null;
  const entries = <T extends { code: string }>(list: readonly T[], name: (of: T) => string) =>
    Object.fromEntries(list.map((of) => [of.code, name(of)]));
  const names = namesOf(reference, locale);
  return (
    <CalendarMatrix
      matrix={matrix}
      year={year}
      asked={asked}
      places={entries(reference.organisations, (place) => placeName(place, locale))}
      programmes={entries(matrix.programmes, ({ code }) => names.programme(code))}
    />
  );
}

function Nothing({ view }: { view: CalendarView }) {
  const t = useTranslations("calendar");
  const { programmes, year, root, asked } = view;
  if (programmes.length === 0) return <EmptyState title={t("empty")}>{t("emptyHint")}</EmptyState>;
  const { programme } = asked;
  return (
    <EmptyState
      title={t("emptyNarrowed")}
      action={
        <LinkButton href={calendarHref({ year, org: root.code, programme })}>
          {t("showAll")}
        </LinkButton>
      }
    >
      {t("emptyNarrowedHint")}
    </EmptyState>
  );
}

/** What is expected of whom in a year and where it stands: said, and never blocked. */
export function CalendarPage({ view }: { view: CalendarView }) {
  const t = useTranslations("calendar");
  const locale = useLocale() as Locale;
  const { reference, root, year, today, asked, whole, one, matrix, mayDeclare, keepsYears } = view;
  const none = whole.asked + whole.due + whole.ahead === 0;
  const nothing = one.length === 0 && (matrix?.groups.length ?? 0) === 0;
  return (
    <div className="stack">
      <PageHeader
        title={t("title", { year: String(year) })}
        lead={
          none
            ? t("leadNothing")
            : t("lead", {
                ...whole,
                place: placeName(root, locale),
                open: whole.late + whole.missing,
              })
        }
        actions={
          keepsYears && (
            <LinkButton href={`/years/${String(year)}`}>
              {t("years", { year: String(year) })}
            </LinkButton>
          )
        }
      />
      <Filters view={view} />
      {nothing && <Nothing view={view} />}
      {one.length > 0 && (
        <OfficePeriods
          periods={one}
          names={namesOf(reference, locale)}
          today={today}
          mayDeclare={mayDeclare}
        />
      )}
      <Below view={view} />
      {!nothing && (
        <p className="quiet">
          {[...(asked.state && matrix ? [t("footNarrowed")] : []), t("foot")].join(
            locale === "en" ? " " : "",
          )}
        </p>
      )}
    </div>
  );
}

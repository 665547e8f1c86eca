import { useTranslations } from "next-intl";
import type { SelectOption } from "@/components/form/select";
import { nameOf, topOf } from "@/lib/features/reference/present";
import { dashboardHref } from "@/lib/features/figures/address";
import type { DashboardView } from "@/lib/features/figures/present";
import type { Reference } from "@/lib/features/reference/types";
import { FilterChips } from "./filter-chips";
import { placeSource, yearAxisField, yearOptions } from "./options";
import { ScopeBar } from "./scope-bar";
import type { Presentation } from "./presentation";

function programmeOptions(reference: Reference, show: Presentation): SelectOption[] {
  return reference.programmes.map((one) => ({ value: one.code, label: nameOf(one, show.locale) }));
}

type DashboardScopeProps = {
  view: DashboardView;
  show: Presentation;
  /** Which saved view was opened; it goes along while the conditions change. */
  opened?: string | undefined;
};

/** Year, organisation and programme at hand; whatever else narrows the page stands as a chip. */
export function DashboardScope({ view, show, opened }: DashboardScopeProps) {
  const t = useTranslations("dashboard.filter");
  const { filter, reference } = view;
  const { year, yearAxis, org, programme, ...rest } = filter;
  // the whole of what one may see is no condition
  const place = topOf(view.places)?.code === org ? {} : { org };
  const several = (programme?.length ?? 0) > 1;
  const programmes = programmeOptions(reference, show);
  if (several)
    programmes.unshift({ value: programme?.join(",") ?? "", label: t("moreProgrammes") });
  const kept = Object.entries({ ...rest, ...view.look }).filter(([, value]) => value !== undefined);
  return (
    <>
      <ScopeBar
        path="/dashboard"
        label={t("label")}
        apply={t("apply")}
        kept={{
          ...Object.fromEntries(kept.map(([name, value]) => [name, String(value)])),
          ...(opened === undefined ? {} : { view: opened }),
        }}
        fields={[
          {
            name: "year",
            label: t("year"),
            width: "year",
            value: String(year),
            options: yearOptions(reference, year, yearAxis),
          },
          yearAxisField(yearAxis, t),
          {
            name: "org",
            label: t("place"),
            width: "place",
            value: org,
            organisations: placeSource(view, org, show.locale),
          },
          {
            name: "programme",
            label: t("programme"),
            width: "programme",
            value: programme?.join(",") ?? "",
            options: programmes,
            placeholder: t("allProgrammes"),
          },
        ]}
      />
      <FilterChips
        filter={{ ...place, yearAxis, programme, ...rest }}
        reference={reference}
        show={show}
        href={(next) => {
          const page = dashboardHref({ year, ...next }, view.look);
          return opened === undefined ? page : `${page}&view=${opened}`;
        }}
      />
    </>
  );
}

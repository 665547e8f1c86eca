import { useTranslations } from "next-intl";
import { FilterChips } from "@/components/figures/filter-chips";
import { placeSource, yearAxisField, yearOptions } from "@/components/figures/options";
import type { Presentation } from "@/components/figures/presentation";
import { ScopeBar } from "@/components/figures/scope-bar";
import { crossHref, crossWords } from "@/lib/features/cross/address";
import { axisName, measureName } from "@/lib/features/cross/present";
import {
  CROSS_AXES,
  CROSS_MEASURES,
  type CrossAxis,
  type CrossView,
} from "@/lib/features/cross/types";
import { topOf } from "@/lib/features/reference/present";
import { useCrossWords } from "./use-cross-words";

type CrossScopeProps = { view: CrossView; show: Presentation };

/** Year, place, both axes and the measure at hand; whatever else narrows the table stands as a chip. */
export function CrossScope({ view, show }: CrossScopeProps) {
  const t = useTranslations("cross.filter");
  const tDashboard = useTranslations("dashboard.filter");
  const words = useCrossWords(show);
  const { filter, reference, shape, look } = view;
  const { year, yearAxis, org, ...narrowed } = filter;
  const { rows: _rows, columns: _columns, measure: _measure, ...looks } = crossWords(look);
  const place = topOf(view.places)?.code === org ? {} : { org };
  const conditions = Object.entries(narrowed).filter(([, value]) => value !== undefined);
  const kept = conditions.map(([name, value]) => [name, String(value)] as const);
  const axes = (other: CrossAxis) =>
    CROSS_AXES.filter((axis) => axis !== other).map((axis) => ({
      value: axis,
      label: axisName(axis, words),
    }));
  return (
    <>
      <ScopeBar
        path="/cross"
        label={t("label")}
        apply={t("apply")}
        kept={{ ...Object.fromEntries(kept), ...looks }}
        fields={[
          {
            name: "year",
            label: tDashboard("year"),
            width: "year",
            value: String(year),
            options: yearOptions(reference, year, yearAxis),
          },
          yearAxisField(yearAxis, tDashboard),
          {
            name: "org",
            label: tDashboard("place"),
            width: "place",
            value: org,
            organisations: placeSource(view, org, show.locale),
          },
          {
            name: "rows",
            label: t("rows"),
            width: "axis",
            value: shape.rows,
            options: axes(shape.columns),
          },
          {
            name: "columns",
            label: t("columns"),
            width: "axis",
            value: shape.columns,
            options: axes(shape.rows),
          },
          {
            name: "measure",
            label: t("measure"),
            width: "axis",
            value: shape.measure,
            options: CROSS_MEASURES.map((measure) => ({
              value: measure,
              label: measureName(measure, words),
            })),
          },
        ]}
      />
      <FilterChips
        filter={{ ...place, yearAxis, ...narrowed }}
        reference={reference}
        show={show}
        href={(next) => crossHref({ year, ...next }, { ...shape, ...look })}
      />
    </>
  );
}

import clsx from "clsx";
import { useTranslations } from "next-intl";
import { FilterChips } from "@/components/figures/filter-chips";
import { placeSource, yearOptions } from "@/components/figures/options";
import type { Presentation } from "@/components/figures/presentation";
import { ScopeBar, type ScopeBarProps } from "@/components/figures/scope-bar";
import { AppLink } from "@/components/ui/app-link";
import { compareHref } from "@/lib/features/compare/address";
import { COMPARED, SIDES, type CompareAsked, type CompareView } from "@/lib/features/compare/types";
import { nameOf, topOf } from "@/lib/features/reference/present";
import styles from "./compare.module.css";

type CompareScopeProps = { view: CompareView; show: Presentation; asked: CompareAsked };

type Field = ScopeBarProps["fields"][number];

/** Two sides or three, the year or place they share, and whatever else narrows them as a chip. */
export function CompareScope({ view, show, asked }: CompareScopeProps) {
  const t = useTranslations("compare");
  const tDashboard = useTranslations("dashboard.filter");
  const { of, reference, common, sides, root } = view;
  const { year: _year, org, ...narrowed } = common;
  const place = topOf(view.places)?.code === org ? {} : { org };
  const choices =
    of === "year"
      ? yearOptions(reference, sides.length > 0 ? Number(sides[0]?.code) : undefined)
      : reference.programmes.map((one) => ({ value: one.code, label: nameOf(one, show.locale) }));
  const fields: Field[] = SIDES.map((name, at) => {
    const value = sides[at]?.code ?? "";
    const field = {
      name,
      label: t(`side.${name}`),
      value,
      ...(at < 2 ? {} : { placeholder: t("none") }),
    };
    return of === "org"
      ? { ...field, width: "place", organisations: placeSource(view, value, show.locale) }
      : { ...field, width: of === "year" ? "year" : "programme", options: choices };
  });
  if (of !== "year")
    fields.unshift({
      name: "year",
      label: tDashboard("year"),
      width: "year",
      value: String(view.year),
      options: yearOptions(reference, view.year),
    });
  if (of !== "org")
    fields.push({
      name: "org",
      label: tDashboard("place"),
      width: "place",
      value: root.code,
      organisations: placeSource(view, root.code, show.locale),
    });
  const conditions = Object.entries(narrowed).filter(([, value]) => value !== undefined);
  return (
    <>
      <div role="group" aria-label={t("of.label")} className={clsx("no-print", styles.choices)}>
        {COMPARED.map((one) => (
          <AppLink
            key={one}
            href={compareHref({ ...narrowed, ...place, year: view.year }, { of: one })}
            aria-current={of === one || undefined}
            className={clsx(styles.choice, of === one && styles.chosen)}
          >
            {t(`of.${one}`)}
          </AppLink>
        ))}
      </div>
      <ScopeBar
        path="/compare"
        label={t("filter")}
        apply={tDashboard("apply")}
        kept={{
          of,
          ...(view.span === "whole" ? { span: "whole" } : {}),
          ...Object.fromEntries(conditions.map(([name, value]) => [name, String(value)])),
        }}
        fields={fields}
      />
      <FilterChips
        filter={{ ...place, ...narrowed }}
        reference={reference}
        show={show}
        href={(next) =>
          compareHref({ ...(of === "year" ? {} : { year: view.year }), ...next }, asked)
        }
      />
    </>
  );
}

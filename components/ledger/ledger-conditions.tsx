import { useTranslations } from "next-intl";
import { placeSource, yearOptions } from "@/components/figures/options";
import type { Presentation } from "@/components/figures/presentation";
import type { SelectOption } from "@/components/form/select";
import { nameOf } from "@/lib/features/reference/present";
import { AID_FORMS, STATUSES } from "@/lib/kernel/record-codes";
import type { AddressFilter } from "@/lib/features/filter/types";
import type { Coded, Organisation, PageReference } from "@/lib/features/reference/types";
import { LedgerFilter, type FilterField } from "./ledger-filter";

type ConditionsProps = {
  view: { reference: PageReference; places: Organisation[]; filter: AddressFilter };
  show: Presentation;
};

const MONTHS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 0];

/** The filter as form controls. Several values of one condition stand as one choice until it is changed. */
export function LedgerConditions({ view, show }: ConditionsProps) {
  const t = useTranslations("ledger.filter");
  const tLabels = useTranslations("labels");
  const tTable = useTranslations("dashboard.table");
  const { reference, places, filter } = view;
  const coded = (list: readonly Coded[]): SelectOption[] =>
    list.map((one) => ({ value: one.code, label: nameOf(one, show.locale) }));

  function field(
    name: Exclude<keyof AddressFilter, "q" | "organisation" | "prefecture">,
    options: SelectOption[],
    rare = false,
  ): FilterField {
    const value = filter[name];
    const text = value === undefined ? "" : String(value);
    const several = Array.isArray(value) && value.length > 1;
    return {
      name,
      label: t(name),
      value: text,
      options: several ? [{ value: text, label: t("several") }, ...options] : options,
      rare,
    };
  }

  const fields = [
    field("year", yearOptions(reference, filter.year)),
    ...(places.length > 1 || !reference.listed
      ? [{ ...field("org", []), organisations: placeSource(view, filter.org, show.locale) }]
      : []),
    field("programme", coded(reference.programmes)),
    field(
      "status",
      STATUSES.map((status) => ({ value: status, label: tLabels(`status.${status}`) })),
    ),
    field(
      "month",
      MONTHS.map((month) => ({
        value: String(month),
        label: month === 0 ? tTable("unknownMonth") : tTable("monthName", { month }),
      })),
    ),
    field("aidCategory", coded(reference.aidCategories), true),
    field("recipientKind", coded(reference.recipientKinds), true),
    field("fundSource", coded(reference.fundSources), true),
    field(
      "form",
      AID_FORMS.map((form) => ({ value: form, label: tLabels(`form.${form}`) })),
      true,
    ),
  ];
  const kept = Object.entries({
    organisation: filter.organisation,
    prefecture: filter.prefecture,
    throughMonth: filter.throughMonth === undefined ? undefined : String(filter.throughMonth),
  }).flatMap(([name, value]): [string, string][] => (value === undefined ? [] : [[name, value]]));
  return (
    <LedgerFilter
      words={{
        label: t("label"),
        q: t("q"),
        qHint: t("qHint"),
        all: t("all"),
        apply: t("apply"),
        more: t("more"),
        fewer: t("fewer"),
      }}
      q={filter.q ?? ""}
      fields={fields}
      kept={Object.fromEntries(kept)}
    />
  );
}

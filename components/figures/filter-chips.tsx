import { useTranslations } from "next-intl";
import { Chip, ChipRow } from "@/components/ui/chip";
import { LinkButton } from "@/components/ui/link-button";
import { namesOf } from "@/lib/features/reference/present";
import { campaignWords } from "@/lib/features/filter/present";
import type { AddressFilter } from "@/lib/features/filter/types";
import type { Reference } from "@/lib/features/reference/types";
import { formatFen } from "@/lib/kernel/money";
import { momentText } from "@/lib/kernel/written";
import { monthsThrough, type YearAxis } from "@/lib/kernel/year-axis";
import type { Presentation } from "./presentation";

type Name = keyof AddressFilter;

type FilterChipsProps = {
  filter: AddressFilter;
  reference: Reference;
  show: Presentation;
  /** The address of the same page under another filter; without it the chips only say what is chosen. */
  href?: ((filter: AddressFilter) => string) | undefined;
};

function without(filter: AddressFilter, name: Name, value: string): AddressFilter {
  const list = filter[name];
  const left = Array.isArray(list) ? list.filter((code) => code !== value) : [];
  return { ...filter, [name]: left.length > 0 ? left : undefined };
}

/** Every condition in words, each with its own way out. */
export function FilterChips({ filter, reference, show, href }: FilterChipsProps) {
  const t = useTranslations("dashboard");
  const tCommon = useTranslations("common");
  const words = useConditionWords(reference, show, filter.yearAxis);
  // how years are cut is chosen beside the year
  const chips = conditionsOf({ ...filter, yearAxis: undefined });
  if (chips.length === 0) return null;
  return (
    <ChipRow label={t("filter.chips")}>
      {chips.map(({ name, value }) => (
        <Chip
          key={`${name}-${value}`}
          name={t(`name.${name}`)}
          value={words(name, value)}
          removeHref={href?.(without(filter, name, value))}
        />
      ))}
      {href && chips.length > 1 && (
        <LinkButton
          variant="quiet"
          size="small"
          href={href({ yearAxis: filter.yearAxis })}
          scroll={false}
        >
          {tCommon("clearFilters")}
        </LinkButton>
      )}
    </ChipRow>
  );
}

/** One entry for each value, lists taken apart. */
export function conditionsOf(filter: AddressFilter): { name: Name; value: string }[] {
  const { sort: _order, ...conditions } = filter;
  return (Object.entries(conditions) as [Name, AddressFilter[Name]][]).flatMap(([name, value]) => {
    if (value === undefined || value === "") return [];
    const values = Array.isArray(value) ? value : [value];
    return values.map((one) => ({ name, value: String(one) }));
  });
}

/** A condition's value as people say it: the name behind a code, 7 月, 月份不详. */
export function useConditionWords(
  reference: Reference,
  show: Presentation,
  yearAxis?: YearAxis,
): (name: Name, value: string) => string {
  const t = useTranslations("dashboard.table");
  const tLabels = useTranslations("labels");
  const tDashboard = useTranslations("dashboard");
  const names = namesOf(reference, show.locale);
  return (name, value) => {
    switch (name) {
      case "org":
      case "organisation":
      case "prefecture":
        return names.organisation(value);
      case "programme":
      case "aidCategory":
      case "recipientKind":
      case "fundSource":
        return names[name](value);
      case "campaign":
        return campaignWords(names, tLabels("noCampaign"))(value);
      case "form":
      case "status":
      case "amountKind":
      case "named":
        return tLabels(`${name}.${value}` as "form.cash");
      case "corrects":
        return value === "earlier"
          ? tDashboard("correctsEarlier")
          : tDashboard("correctsYear", { year: value });
      case "asOf":
        return momentText(value);
      case "only":
        return tDashboard("onlyCounted");
      case "amountFrom":
      case "amountTo":
        return formatFen(BigInt(value), { unit: "yuan" });
      case "yearAxis":
        return tDashboard(`filter.${value as YearAxis}`);
      case "throughMonth":
        return monthsThrough(show.locale, yearAxis, Number(value));
      case "month":
        return value === "0" ? t("unknownMonth") : t("monthName", { month: Number(value) });
      default:
        return value;
    }
  };
}

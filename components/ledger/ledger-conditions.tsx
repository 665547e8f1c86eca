import { useTranslations } from "next-intl";
import { placeSource, yearOptions } from "@/components/figures/options";
import type { Presentation } from "@/components/figures/presentation";
import type { SelectOption } from "@/components/form/select";
import { codesOf } from "@/lib/features/filter/address";
import type { Locale } from "@/lib/kernel/preferences";
import { nameOf } from "@/lib/features/reference/present";
import { AID_FORMS, AMOUNT_KINDS, STATUSES } from "@/lib/kernel/record-codes";
import { formatFen } from "@/lib/kernel/money";
import { monthsOfYear } from "@/lib/kernel/year-axis";
import { NAMED_STATES, NO_CAMPAIGN, SORTS, type AddressFilter } from "@/lib/features/filter/types";
import type { Coded, Organisation, PageReference } from "@/lib/features/reference/types";
import { LedgerFilter, type FilterField } from "./ledger-filter";

type ConditionsProps = {
  view: { reference: PageReference; places: Organisation[]; filter: AddressFilter };
  /** Of the address what is no condition, and stays. */
  layout: Record<string, string>;
  show: Presentation;
};

type Name =
  | "year"
  | "yearAxis"
  | "org"
  | "programme"
  | "status"
  | "month"
  | "sort"
  | "aidCategory"
  | "recipientKind"
  | "campaign"
  | "fundSource"
  | "form"
  | "amountKind"
  | "named";

const inYuan = (fen: string | undefined) =>
  fen === undefined ? "" : formatFen(BigInt(fen), { group: false });

/** Places ticked in a list where they are few; where the server is asked, one more is added to those there are. */
function placesOf(
  view: ConditionsProps["view"],
  chosen: readonly string[],
  locale: Locale,
  another: string,
) {
  const source = placeSource(view, undefined, locale);
  if ("listed" in source) return { control: "choices" as const, options: [...source.listed] };
  return {
    control: "organisation" as const,
    organisations: source,
    ...(chosen.length > 0 && { placeholder: another }),
  };
}

/** The filter as form controls; what is chosen from a list may be several. */
export function LedgerConditions({ view, layout, show }: ConditionsProps) {
  const t = useTranslations("ledger.filter");
  const tLabels = useTranslations("labels");
  const tTable = useTranslations("dashboard.table");
  const tYear = useTranslations("dashboard.filter");
  const statistics = { value: "statistics", label: tYear("statistics") };
  const { reference, places, filter } = view;
  const coded = (list: readonly Coded[]): SelectOption[] =>
    list.map((one) => ({ value: one.code, label: nameOf(one, show.locale) }));
  const one = (name: Name, options: SelectOption[], rare = false): FilterField => ({
    name,
    label: t(name),
    placeholder: t("all"),
    control: "one",
    value: String(filter[name] ?? ""),
    options,
    rare,
  });
  const several = (name: Name, options: SelectOption[], rare = false) => ({
    ...one(name, options, rare),
    control: "choices" as const,
  });
  /** Of the programmes asked for, where any are; what is chosen stays. */
  const campaignOptions = (): SelectOption[] => {
    const { programme, campaign: chosen = [] } = filter;
    const offered = reference.campaigns.filter(
      (one) => !programme?.length || programme.includes(one.programme) || chosen.includes(one.code),
    );
    return [...coded(offered), { value: NO_CAMPAIGN, label: tLabels("noCampaign") }];
  };
  const words = <T extends string>(values: readonly T[], word: (value: T) => string) =>
    values.map((value): SelectOption => ({ value, label: word(value) }));
  const namedOptions = words(NAMED_STATES, (state) => tLabels(`named.${state}`));
  const fields: FilterField[] = [
    one("year", yearOptions(reference, filter.year, filter.yearAxis)),
    { ...one("yearAxis", [statistics], true), placeholder: tYear("calendar") },
    ...(places.length > 1 || !reference.listed
      ? [
          {
            ...several("org", []),
            ...placesOf(view, codesOf(filter.org), show.locale, t("anotherOrg")),
          },
        ]
      : []),
    several("programme", coded(reference.programmes)),
    several(
      "status",
      words(STATUSES, (status) => tLabels(`status.${status}`)),
    ),
    one(
      "month",
      [...monthsOfYear(filter.yearAxis), 0].map((month) => ({
        value: String(month),
        label: month === 0 ? tTable("unknownMonth") : tTable("monthName", { month }),
      })),
    ),
    {
      ...one(
        "sort",
        SORTS.map((sort) => ({
          value: sort === "-ledgerOn" ? "" : sort,
          label: t(`order.${sort}`),
        })),
        true,
      ),
      placeholder: undefined,
    },
    several("aidCategory", coded(reference.aidCategories), true),
    several("recipientKind", coded(reference.recipientKinds), true),
    several("campaign", campaignOptions(), true),
    several("fundSource", coded(reference.fundSources), true),
    several(
      "form",
      words(AID_FORMS, (form) => tLabels(`form.${form}`)),
      true,
    ),
    several(
      "amountKind",
      words(AMOUNT_KINDS, (kind) => tLabels(`amountKind.${kind}`)),
      true,
    ),
    one("named", namedOptions, true),
  ];
  const kept = Object.entries({
    organisation: codesOf(filter.organisation).join(",") || undefined,
    prefecture: codesOf(filter.prefecture).join(",") || undefined,
    only: filter.only,
    asOf: filter.asOf,
    seq: filter.seq === undefined ? undefined : String(filter.seq),
    corrects: filter.corrects === undefined ? undefined : String(filter.corrects),
    throughMonth: filter.throughMonth === undefined ? undefined : String(filter.throughMonth),
  }).flatMap(([name, value]): [string, string][] => (value === undefined ? [] : [[name, value]]));
  return (
    <LedgerFilter
      words={{
        label: t("label"),
        q: t("q"),
        qHint: t("qHint"),
        qShort: t("qShort"),
        dayHint: t("dayHint"),
        apply: t("apply"),
        more: t("more"),
        fewer: t("fewer"),
      }}
      q={filter.q ?? ""}
      fields={fields}
      ranges={[
        { name: "paidFrom", label: t("paidFrom"), value: filter.paidFrom ?? "", kind: "day" },
        { name: "paidTo", label: t("paidTo"), value: filter.paidTo ?? "", kind: "day" },
        {
          name: "yuanFrom",
          label: t("yuanFrom"),
          value: inYuan(filter.amountFrom),
          kind: "amount",
        },
        { name: "yuanTo", label: t("yuanTo"), value: inYuan(filter.amountTo), kind: "amount" },
      ]}
      kept={{ ...Object.fromEntries(kept), ...layout }}
    />
  );
}

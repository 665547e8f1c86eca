import { useTranslations } from "next-intl";
import type { FigureCell } from "@/components/table/figure-cell";
import { FigureTable } from "@/components/table/figure-table";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { householdsHref } from "@/lib/features/households/address";
import { HOUSEHOLD_STATUSES, TIERS, type Cause } from "@/lib/features/households/labels";
import type { HouseholdCounts as Counts, HouseholdsView } from "@/lib/features/households/types";
import { namesOf, placeName } from "@/lib/features/reference/present";
import type { Locale } from "@/lib/kernel/preferences";

type Part = { view: HouseholdsView; locale: Locale };
const COLUMNS = ["households", "people", ...HOUSEHOLD_STATUSES, ...TIERS, "unstated"] as const;

function useColumns(first: string) {
  const t = useTranslations("households");
  const heading = (column: (typeof COLUMNS)[number]) => {
    if (column === "households" || column === "people") return t(`sums.${column}`);
    return HOUSEHOLD_STATUSES.some((status) => status === column)
      ? t(`status.${column}` as "status.open")
      : t(`tier.${column}` as "tier.deep");
  };
  return [
    { id: "key", header: first, width: "170px" },
    ...COLUMNS.map((column) => ({
      id: column,
      header: heading(column),
      align: "end" as const,
    })),
  ];
}

const cellsOf = (counts: Counts): FigureCell[] => COLUMNS.map((column) => counts[column]);

/** How many there are, by place and by cause: what the province sees of households. */
export function HouseholdCounts({ view, locale }: Part) {
  const t = useTranslations("households");
  const byPlace = useColumns(t("sums.place"));
  const byCause = useColumns(t("sums.cause"));
  const { sums, causes, reference, year } = view;
  const names = namesOf(reference, locale);
  const shortName = (code: string) => {
    const place = reference.organisations.find((one) => one.code === code);
    return place ? placeName(place, locale) : names.organisation(code);
  };
  if (sums.total.households === 0)
    return (
      <Card title={t("sums.places")}>
        <EmptyState compact title={t("sums.none")} />
      </Card>
    );
  const total = [t("sums.total"), ...cellsOf(sums.total)];
  return (
    <>
      <Card title={t("sums.places")} note={t("sums.placesNote", { year: String(year) })} flush>
        <FigureTable
          caption={t("sums.places")}
          framed={false}
          columns={byPlace}
          rows={sums.items.map(({ key, ...counts }) => ({
            key,
            cells: [
              { value: shortName(key), href: householdsHref({ org: key }) },
              ...cellsOf(counts),
            ],
          }))}
          totals={total}
        />
      </Card>
      <Card title={t("sums.causes")} flush>
        <FigureTable
          caption={t("sums.causes")}
          framed={false}
          columns={byCause}
          rows={causes.items.map(({ key, ...counts }) => ({
            key,
            cells: [
              view.reads
                ? {
                    value: t(`cause.${key}` as "cause.other"),
                    href: householdsHref({ org: view.root.code, cause: [key as Cause] }),
                  }
                : t(`cause.${key}` as "cause.other"),
              ...cellsOf(counts),
            ],
          }))}
          totals={total}
        />
      </Card>
    </>
  );
}

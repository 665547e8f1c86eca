import { useTranslations } from "next-intl";
import { money, type Presentation } from "@/components/figures/presentation";
import type { FigureCell } from "@/components/table/figure-cell";
import { FigureTable } from "@/components/table/figure-table";
import { Card } from "@/components/ui/card";
import { calendarHref } from "@/lib/features/calendar/address";
import { ledgerHref } from "@/lib/features/ledger/address";
import { namesOf } from "@/lib/features/reference/present";
import type { OpenPlace, YearEndView } from "@/lib/features/year-end/types";
import type { PeriodState } from "@/lib/features/calendar/types";

const COUNTS = ["draft", "submitted", "returned"] as const;
const MISSING: PeriodState[] = ["late", "missing"];
const SHOWN = 12;

/** What is not decided and what is missing, place by place: each number opens its own. */
export function OpenPlacesCard({ view, show }: { view: YearEndView; show: Presentation }) {
  const t = useTranslations("yearEnd");
  const unit = useTranslations("common.unit")(show.unit);
  const names = namesOf(view.reference, show.locale);
  const { year } = view.year;
  const { open } = view;

  const counted = (organisation: string, place: OpenPlace): FigureCell[] => [
    ...COUNTS.map((status) => ({
      value: place[status] || "—",
      href: place[status] ? ledgerHref({ year, organisation, status: [status] }) : undefined,
    })),
    {
      value: place.missing || "—",
      href: place.missing ? calendarHref({ year, org: organisation, state: MISSING }) : undefined,
    },
    {
      value: money(place.unspentFen, show),
      href:
        place.unspentFen === null
          ? undefined
          : `/allotments?year=${String(year)}&org=${organisation}`,
    },
  ];
  const sum = (of: (place: OpenPlace) => number, places = open) =>
    places.reduce((all, place) => all + of(place), 0);
  const unspent = (places: readonly OpenPlace[]) =>
    places.reduce<bigint | null>(
      (all, { unspentFen }) => (unspentFen === null ? all : (all ?? 0n) + BigInt(unspentFen)),
      null,
    );
  const sums = (label: string, places: readonly OpenPlace[]): FigureCell[] => [
    label,
    ...[...COUNTS, "missing" as const].map(
      (name) => sum((place) => place[name], [...places]) || "—",
    ),
    money(unspent(places), show),
  ];
  const rest = open.slice(SHOWN);
  return (
    <Card
      title={t("open")}
      note={open.length > 0 ? t("openNote") : undefined}
      flush={open.length > 0}
    >
      {open.length === 0 ? (
        <p>{t("nothingOpen")}</p>
      ) : (
        <FigureTable
          caption={t("open")}
          columns={[
            { id: "place", header: t("place"), width: "12em" },
            ...[...COUNTS, "missing" as const].map((id) => ({
              id,
              header: t(id),
              align: "end" as const,
            })),
            { id: "unspent", header: t("unspent"), unit, align: "end" },
          ]}
          rows={open.map((place) => ({
            key: place.organisation,
            cells: [names.organisation(place.organisation), ...counted(place.organisation, place)],
          }))}
          totals={sums(t("total"), open)}
          fold={
            rest.length > 0
              ? {
                  after: SHOWN,
                  label: t("more", { count: rest.length }),
                  cells: sums("", rest).slice(1),
                }
              : undefined
          }
        />
      )}
    </Card>
  );
}

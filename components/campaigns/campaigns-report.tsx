import { useTranslations } from "next-intl";
import { AsOf, LeftOutWords } from "@/components/figures/left-out";
import { placeSource } from "@/components/figures/options";
import { sumWords, type Presentation } from "@/components/figures/presentation";
import { ScopeBar } from "@/components/figures/scope-bar";
import type { FigureCell } from "@/components/table/figure-cell";
import { FigureTable, type FigureColumn } from "@/components/table/figure-table";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import type { CampaignsView } from "@/lib/features/campaigns/types";
import type { CampaignRow } from "@/lib/features/campaigns/present";
import { explainHref } from "@/lib/features/ledger/address";
import { nameOf, namesOf } from "@/lib/features/reference/present";
import { wholeText } from "@/lib/kernel/written";

type Props = { view: CampaignsView; show: Presentation };

const end = { align: "end" as const };

function useColumns({ view, show }: Props): FigureColumn[] {
  const t = useTranslations("campaigns");
  const unit = useTranslations("common.unit")(show.unit);
  const group = useTranslations("common.table")("headerWithUnit", { header: t("amount"), unit });
  return [
    { id: "campaign", header: t("campaign"), width: "12em" },
    { id: "whole", header: t("whole"), group, ...end },
    ...view.table.years.map((year) => ({
      id: String(year),
      header: t("year", { year: String(year) }),
      group,
      ...end,
    })),
    { id: "records", header: t("records"), ...end },
    { id: "programme", header: t("programme"), width: "8em" },
    { id: "days", header: t("days") },
  ];
}

function useCells({ view, show }: Props): (row: CampaignRow, name: string) => FigureCell[] {
  const t = useTranslations("campaigns");
  const { programme } = namesOf(view.reference, show.locale);
  const money = ({ sum, filter }: CampaignRow["whole"]): FigureCell =>
    sum === null ? "—" : { value: sumWords(sum, show), href: explainHref(filter) };
  return ({ campaign, whole, byYear }, name) => [
    name,
    money(whole),
    ...byYear.map(money),
    whole.sum === null ? "—" : wholeText(whole.sum.records),
    campaign ? programme(campaign.programme) : "",
    campaign ? (
      <span className="nowrap">
        {t("fromTo", { from: campaign.startsOn, to: campaign.endsOn })}
      </span>
    ) : (
      ""
    ),
  ];
}

/** What each campaign came to, as a whole and year by year; every amount opens its vouchers. */
export function CampaignsReport({ view, show }: Props) {
  const t = useTranslations("campaigns");
  const { reference, root, filter, table, leftOut, asOf } = view;
  const columns = useColumns({ view, show });
  const cells = useCells({ view, show });
  const programmes = reference.programmes.map((one) => ({
    value: one.code,
    label: nameOf(one, show.locale),
  }));
  return (
    <div className="stack">
      <PageHeader title={t("title")} lead={t("lead")} />
      <ScopeBar
        path="/campaigns"
        label={t("filter.label")}
        apply={t("filter.apply")}
        kept={{}}
        fields={[
          {
            name: "org",
            label: t("filter.org"),
            width: "place",
            value: root.code,
            organisations: placeSource(view, root.code, show.locale),
          },
          {
            name: "programme",
            label: t("filter.programme"),
            width: "programme",
            value: filter.programme?.join(",") ?? "",
            options: programmes,
            placeholder: t("filter.allProgrammes"),
          },
        ]}
      />
      {table.rows.length === 0 ? (
        <EmptyState title={t("empty")}>{t("emptyHint")}</EmptyState>
      ) : (
        <Card
          title={t("caption")}
          footnote={
            <>
              <AsOf asOf={asOf} />
              <LeftOutWords leftOut={leftOut} show={show} />
            </>
          }
        >
          <FigureTable
            caption={t("caption")}
            columns={columns}
            rows={table.rows.map((row) => ({
              key: row.campaign?.code ?? "none",
              cells: cells(row, row.campaign ? nameOf(row.campaign, show.locale) : t("rest")),
            }))}
            totals={cells(table.total, t("total"))}
          />
        </Card>
      )}
    </div>
  );
}

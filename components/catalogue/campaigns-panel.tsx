"use client";

import { useTranslations } from "next-intl";
import { KeptTable } from "@/components/admin/kept-table";
import { useName } from "@/components/admin/words";
import type { DataColumn } from "@/components/table/columns";
import type { AdminCampaign } from "@/lib/features/catalogue/schema";
import type { PageReference } from "@/lib/features/reference/types";
import { CampaignDialog } from "./campaign-dialog";

type Props = { campaigns: AdminCampaign[]; reference: PageReference };

function useColumns({ reference }: Props) {
  const t = useTranslations("admin");
  const name = useName();
  const programmes = new Map(reference.programmes.map((one) => [one.code, name(one)]));
  const columns: DataColumn<AdminCampaign>[] = [
    {
      id: "name",
      header: t("campaigns.name"),
      width: "12em",
      hideable: false,
      cell: (campaign) => name(campaign),
    },
    {
      id: "programme",
      header: t("campaigns.programme"),
      width: "9em",
      cell: ({ programme }) => programmes.get(programme) ?? programme,
    },
    {
      id: "organisation",
      header: t("campaigns.organisation"),
      width: "12em",
      cell: ({ organisationZh, organisationEn }) =>
        name({ nameZh: organisationZh, nameEn: organisationEn }),
    },
    {
      id: "days",
      header: t("campaigns.days"),
      width: "13em",
      cell: ({ startsOn, endsOn }) => (
        <span className="nowrap">{t("campaigns.fromTo", { from: startsOn, to: endsOn })}</span>
      ),
    },
    {
      id: "code",
      header: t("code"),
      phone: "hidden",
      cell: ({ code }) => <span className="nowrap">{code}</span>,
    },
  ];
  return columns;
}

export function CampaignsPanel(props: Props) {
  const { campaigns, reference } = props;
  const t = useTranslations("admin.campaigns");
  return (
    <KeptTable
      id="admin-campaigns"
      caption={t("caption")}
      columns={useColumns(props)}
      rows={campaigns}
      rowId={({ code }) => code}
      rowName={({ code }) => code}
      add={t("new")}
      empty={{ title: t("empty"), hint: t("emptyHint") }}
      dialog={(campaign, ways) => (
        <CampaignDialog campaign={campaign} reference={reference} {...ways} />
      )}
    />
  );
}

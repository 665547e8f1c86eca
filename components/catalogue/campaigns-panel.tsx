"use client";

import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useName } from "@/components/admin/words";
import type { DataColumn } from "@/components/table/columns";
import { DataTable } from "@/components/table/data-table";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import type { AdminCampaign } from "@/lib/features/catalogue/schema";
import type { PageReference } from "@/lib/features/reference/types";
import { CampaignDialog } from "./campaign-dialog";

type Props = { campaigns: AdminCampaign[]; reference: PageReference };

function useColumns({ reference }: Props, open: (campaign: AdminCampaign) => void) {
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
      cell: ({ startsOn, endsOn }) => t("campaigns.fromTo", { from: startsOn, to: endsOn }),
    },
    {
      id: "code",
      header: t("code"),
      phone: "hidden",
      cell: ({ code }) => <span className="nowrap">{code}</span>,
    },
    {
      id: "actions",
      header: t("actions"),
      hideable: false,
      cell: (campaign) => (
        <Button
          size="small"
          variant="quiet"
          aria-label={`${t("edit")} ${campaign.code}`}
          onClick={() => open(campaign)}
        >
          {t("edit")}
        </Button>
      ),
    },
  ];
  return columns;
}

export function CampaignsPanel(props: Props) {
  const { campaigns, reference } = props;
  const t = useTranslations("admin.campaigns");
  const router = useRouter();
  const [open, setOpen] = useState<AdminCampaign | "new" | null>(null);
  const columns = useColumns(props, setOpen);
  return (
    <>
      <DataTable
        id="admin-campaigns"
        caption={t("caption")}
        columns={columns}
        rows={campaigns}
        rowId={({ code }) => code}
        rowName={({ code }) => code}
        toolbar={
          <Button
            variant="primary"
            icon={<Plus size={16} aria-hidden />}
            onClick={() => setOpen("new")}
          >
            {t("new")}
          </Button>
        }
        empty={<EmptyState title={t("empty")}>{t("emptyHint")}</EmptyState>}
      />
      {open && (
        <CampaignDialog
          campaign={open === "new" ? null : open}
          reference={reference}
          onClose={() => setOpen(null)}
          onDone={() => {
            setOpen(null);
            router.refresh();
          }}
        />
      )}
    </>
  );
}

"use client";

import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useName } from "@/components/admin/words";
import type { DataColumn } from "@/components/table/columns";
import { DataTable } from "@/components/table/data-table";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import type { ApprovalRule } from "@/lib/features/catalogue/schema";
import type { PageReference } from "@/lib/features/reference/types";
import { formatFen } from "@/lib/kernel/money";
import { RuleDialog } from "./rule-dialog";

type Props = { rules: ApprovalRule[]; reference: PageReference };

/** A rule as a sentence: what it asks of a record. */
function useRuleWords(): (rule: ApprovalRule) => string {
  const t = useTranslations("admin.rules");
  return ({ step, minAmountFen, level }) =>
    t(BigInt(minAmountFen) === 0n ? "meansAlways" : "meansFrom", {
      amount: formatFen(BigInt(minAmountFen)),
      step,
      level: t(`level.${level}`),
    });
}

function useColumns(open: (rule: ApprovalRule) => void): DataColumn<ApprovalRule>[] {
  const t = useTranslations("admin");
  const name = useName();
  const words = useRuleWords();
  return [
    {
      id: "organisation",
      header: t("rules.where"),
      width: "13em",
      hideable: false,
      cell: ({ organisationZh, organisationEn }) =>
        organisationZh === null
          ? t("rules.everywhere")
          : t("rules.below", {
              name: name({ nameZh: organisationZh, nameEn: organisationEn ?? organisationZh }),
            }),
    },
    { id: "means", header: t("rules.means"), width: "22em", hideable: false, cell: words },
    {
      id: "status",
      header: t("status"),
      cell: ({ active }) => (
        <Badge tone={active ? "success" : "neutral"}>{active ? t("inUse") : t("retired")}</Badge>
      ),
    },
    {
      id: "actions",
      header: t("actions"),
      hideable: false,
      cell: (rule) => (
        <Button
          size="small"
          variant="quiet"
          aria-label={`${t("edit")} ${words(rule)}`}
          onClick={() => open(rule)}
        >
          {t("edit")}
        </Button>
      ),
    },
  ];
}

export function RulesPanel({ rules, reference }: Props) {
  const t = useTranslations("admin.rules");
  const router = useRouter();
  const words = useRuleWords();
  const [open, setOpen] = useState<ApprovalRule | "new" | null>(null);
  const columns = useColumns(setOpen);
  return (
    <>
      <DataTable
        id="admin-approval-rules"
        caption={t("caption")}
        columns={columns}
        rows={rules}
        rowId={({ id }) => id}
        rowName={words}
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
        <RuleDialog
          rule={open === "new" ? null : open}
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

"use client";

import { useTranslations } from "next-intl";
import { KeptTable, useInUseColumn } from "@/components/admin/kept-table";
import type { DataColumn } from "@/components/table/columns";
import type { ApprovalRule } from "@/lib/features/catalogue/schema";
import type { PageReference } from "@/lib/features/reference/types";
import { formatFen } from "@/lib/kernel/money";
import { RuleDialog } from "./rule-dialog";
import { useWhereColumn } from "./where-column";

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

function useColumns(): DataColumn<ApprovalRule>[] {
  const t = useTranslations("admin");
  const words = useRuleWords();
  return [
    useWhereColumn<ApprovalRule>(),
    { id: "means", header: t("rules.means"), width: "22em", hideable: false, cell: words },
    useInUseColumn<ApprovalRule>(),
  ];
}

export function RulesPanel({ rules, reference }: Props) {
  const t = useTranslations("admin.rules");
  return (
    <KeptTable
      id="admin-approval-rules"
      caption={t("caption")}
      columns={useColumns()}
      rows={rules}
      rowId={({ id }) => id}
      rowName={useRuleWords()}
      add={t("new")}
      empty={{ title: t("empty"), hint: t("emptyHint") }}
      dialog={(rule, ways) => <RuleDialog rule={rule} reference={reference} {...ways} />}
    />
  );
}

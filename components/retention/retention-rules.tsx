"use client";

import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { CommandDialog } from "@/components/command/command-dialog";
import { useCommand } from "@/components/command/use-command";
import { Field } from "@/components/form/field";
import { TextInput } from "@/components/form/text-input";
import type { DataColumn } from "@/components/table/columns";
import { DataTable } from "@/components/table/data-table";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { useToast } from "@/components/ui/toast";
import { updateRetentionRule } from "@/lib/features/retention/client";
import type { RetentionRule } from "@/lib/features/retention/types";

function RuleDialog({ rule, onClose }: { rule: RetentionRule; onClose: () => void }) {
  const t = useTranslations("personalData.rules");
  const toast = useToast();
  const router = useRouter();
  const command = useCommand();
  const [years, setYears] = useState(String(rule.years));

  async function save() {
    const body = { version: rule.version, years: Number(years) };
    const outcome = await command.run((send) => send(updateRetentionRule, { id: rule.kind, body }));
    router.refresh();
    if (!outcome.ok) return;
    onClose();
    toast(t("saved"));
  }

  return (
    <CommandDialog
      command={command}
      title={t("editTitle", { kind: t(`kind.${rule.kind}`) })}
      confirm={t("edit")}
      onClose={onClose}
      onConfirm={() => void save()}
    >
      <p>{t(`why.${rule.kind}`)}</p>
      <Field
        label={t("field")}
        hint={t(`from.${rule.kind}`)}
        required
        error={command.errorOf("years")}
      >
        {(control) => (
          <TextInput
            {...control}
            inputMode="numeric"
            maxLength={2}
            value={years}
            onChange={({ target }) => setYears(target.value)}
          />
        )}
      </Field>
      <p className="quiet">{t("shorter")}</p>
    </CommandDialog>
  );
}

function useColumns(edit: (rule: RetentionRule) => void): DataColumn<RetentionRule>[] {
  const t = useTranslations("personalData.rules");
  return [
    {
      id: "kind",
      header: t("column.kind"),
      hideable: false,
      cell: ({ kind }) => t(`kind.${kind}`),
    },
    { id: "years", header: t("column.years"), hideable: false, cell: ({ kind, years }) => t("yearsFrom", { from: t(`from.${kind}`), years }) }, // prettier-ignore
    { id: "why", header: t("column.why"), cell: ({ kind }) => t(`why.${kind}`) },
    {
      id: "edit",
      header: t("column.edit"),
      hideable: false,
      cell: (rule) => (
        <Button
          size="small"
          variant="quiet"
          aria-label={t("editOne", { kind: t(`kind.${rule.kind}`) })}
          onClick={() => edit(rule)}
        >
          {t("edit")}
        </Button>
      ),
    },
  ];
}

/** For how many years each kind is kept, from when on, and why. */
export function RetentionRules({ rules }: { rules: readonly RetentionRule[] }) {
  const t = useTranslations("personalData.rules");
  const [editing, setEditing] = useState<RetentionRule | null>(null);
  const columns = useColumns(setEditing);
  return (
    <Card title={t("title")} note={t("lead")}>
      <DataTable
        id="retention-rules"
        caption={t("title")}
        columns={columns}
        rows={[...rules]}
        rowId={({ kind }) => kind}
        rowName={({ kind }) => t(`kind.${kind}`)}
      />
      {editing && <RuleDialog rule={editing} onClose={() => setEditing(null)} />}
    </Card>
  );
}

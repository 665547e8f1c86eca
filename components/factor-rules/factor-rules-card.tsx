"use client";

import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useState } from "react";
import styles from "@/components/admin/admin.module.css";
import { KeptDialog } from "@/components/admin/kept-dialog";
import { useCommand } from "@/components/command/use-command";
import { Field } from "@/components/form/field";
import { Select } from "@/components/form/select";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { useToast } from "@/components/ui/toast";
import { updateFactorRule } from "@/lib/features/factor-rules/client";
import type { FactorRule } from "@/lib/features/factor-rules/schema";
import { FACTOR_RULES } from "@/lib/features/factor-rules/types";

function RuleDialog({ rule, onClose }: { rule: FactorRule; onClose: () => void }) {
  const t = useTranslations("admin.factor");
  const tRole = useTranslations("labels.role");
  const show = useToast();
  const router = useRouter();
  const command = useCommand();

  async function save(data: FormData) {
    const chosen = FACTOR_RULES.find((known) => known === data.get("rule")) ?? rule.rule;
    const body = { version: rule.version, rule: chosen };
    const outcome = await command.run((send) => send(updateFactorRule, { id: rule.role, body }));
    router.refresh();
    if (!outcome.ok) return;
    onClose();
    show(t("saved"));
  }

  return (
    <KeptDialog
      command={command}
      title={t("edit", { role: tRole(rule.role) })}
      onClose={onClose}
      onConfirm={(data) => void save(data)}
    >
      <Field label={t("rule")} hint={t("requiredNote")}>
        {(control) => (
          <Select
            {...control}
            name="rule"
            defaultValue={rule.rule}
            options={FACTOR_RULES.map((value) => ({ value, label: t(`is.${value}`) }))}
          />
        )}
      </Field>
    </KeptDialog>
  );
}

/** Which roles sign in with a second factor. */
export function FactorRulesCard({ items }: { items: FactorRule[] }) {
  const t = useTranslations("admin.factor");
  const tRole = useTranslations("labels.role");
  const [editing, setEditing] = useState<FactorRule | null>(null);
  return (
    <Card title={t("heading")} note={t("lead")}>
      <ul className={styles.roles}>
        {items.map((rule) => (
          <li key={rule.role} className={styles.held}>
            <span>{t("of", { role: tRole(rule.role), rule: t(`is.${rule.rule}`) })}</span>
            <Button
              size="small"
              variant="quiet"
              aria-label={t("edit", { role: tRole(rule.role) })}
              onClick={() => setEditing(rule)}
            >
              {t("change")}
            </Button>
          </li>
        ))}
      </ul>
      {editing && <RuleDialog rule={editing} onClose={() => setEditing(null)} />}
    </Card>
  );
}

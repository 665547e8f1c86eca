"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { textOf } from "@/components/admin/names-fields";
import { KeptDialog } from "@/components/admin/kept-dialog";
import { WhereField } from "@/components/admin/where-field";
import { useCommand } from "@/components/command/use-command";
import { AmountField } from "@/components/form/amount-field";
import { Field } from "@/components/form/field";
import { FieldRow } from "@/components/form/form-layout";
import { Select } from "@/components/form/select";
import { createRule, updateRule } from "@/lib/features/catalogue/client";
import type { ApprovalRule } from "@/lib/features/catalogue/schema";
import { LEVELS } from "@/lib/features/catalogue/types";
import type { PageReference } from "@/lib/features/reference/types";
import { parseAmount } from "@/lib/kernel/amount-reading";
import { formatFen } from "@/lib/kernel/money";

type Props = {
  /** Null for a new one. */
  rule: ApprovalRule | null;
  reference: PageReference;
  onClose: () => void;
  onDone: () => void;
};

const STEPS = ["1", "2", "3"] as const;

/** Where a rule holds and which approval it is about: said once. */
function Place({
  reference,
  errorOf,
}: Pick<Props, "reference"> & { errorOf: (field: string) => string | undefined }) {
  const t = useTranslations("admin.rules");
  return (
    <FieldRow>
      <WhereField reference={reference} error={errorOf("organisation")} />
      <Field label={t("step")} error={errorOf("step")} required>
        {(control) => (
          <Select
            {...control}
            name="step"
            options={STEPS.map((step) => ({ value: step, label: t("stepOf", { step }) }))}
            defaultValue="1"
          />
        )}
      </Field>
    </FieldRow>
  );
}

export function RuleDialog({ rule, reference, onClose, onDone }: Props) {
  const t = useTranslations("admin");
  const command = useCommand();
  const { errorOf } = command;
  const [amount, setAmount] = useState(rule ? formatFen(BigInt(rule.minAmountFen)) : "0");
  const [attempted, setAttempted] = useState(false);
  const parsed = parseAmount(amount);
  const fen = parsed.ok ? parsed.fen : null;

  async function save(data: FormData) {
    setAttempted(true);
    const level = LEVELS.find((one) => one === data.get("level"));
    if (fen === null || level === undefined) return;
    const fields = { minAmountFen: fen.toString(), level };
    const place = textOf(data, "organisation");
    const outcome = await command.run(async (send) =>
      rule === null
        ? send(createRule, {
            body: {
              ...fields,
              organisation: place === "" ? null : place,
              step: Number(data.get("step")),
            },
          })
        : send(updateRule, {
            id: rule.id,
            body: { version: rule.version, ...fields, active: data.get("active") === "on" },
          }),
    );
    if (outcome.ok) onDone();
  }

  return (
    <KeptDialog
      command={command}
      onClose={onClose}
      size="wide"
      title={rule === null ? t("rules.new") : t("rules.edit", { step: rule.step })}
      note={t("rules.changeNote")}
      inUse={rule !== null ? { active: rule.active, hint: t("rules.activeHint") } : null}
      onConfirm={(data) => void save(data)}
    >
      {rule === null && <Place reference={reference} errorOf={errorOf} />}
      <FieldRow>
        <AmountField
          label={t("rules.from")}
          error={attempted && fen === null ? t("rules.amountWrong") : errorOf("minAmountFen")}
          required
          text={amount}
          fen={fen}
          onText={setAmount}
        />
        <Field label={t("rules.by")} error={errorOf("level")} required>
          {(control) => (
            <Select
              {...control}
              name="level"
              options={LEVELS.map((level) => ({ value: level, label: t(`rules.level.${level}`) }))}
              defaultValue={rule?.level ?? "county"}
            />
          )}
        </Field>
      </FieldRow>
    </KeptDialog>
  );
}

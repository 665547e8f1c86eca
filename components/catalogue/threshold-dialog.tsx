"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { textOf } from "@/components/admin/names-fields";
import { KeptDialog } from "@/components/admin/kept-dialog";
import { WhereField } from "@/components/admin/where-field";
import { useName } from "@/components/admin/words";
import { useCommand } from "@/components/command/use-command";
import { Field } from "@/components/form/field";
import { FieldRow } from "@/components/form/form-layout";
import { Select } from "@/components/form/select";
import { TextInput } from "@/components/form/text-input";
import { createThreshold, updateThreshold } from "@/lib/features/catalogue/client";
import { thresholdRead, thresholdText } from "@/lib/features/catalogue/present";
import type { FindingThreshold } from "@/lib/features/catalogue/schema";
import type { PageReference } from "@/lib/features/reference/types";
import { THRESHOLDS, type Threshold } from "@/lib/kernel/record-codes";

type Props = {
  /** Null for a new one. */
  held: FindingThreshold | null;
  reference: PageReference;
  onClose: () => void;
  onDone: () => void;
};

/** Of which check, where and when: said once. */
function Place({
  reference,
  errorOf,
  threshold,
  onThreshold,
}: Pick<Props, "reference"> & {
  errorOf: (field: string) => string | undefined;
  threshold: Threshold;
  onThreshold: (threshold: Threshold) => void;
}) {
  const t = useTranslations("admin");
  const labels = useTranslations("labels");
  const name = useName();
  return (
    <>
      <Field label={t("thresholds.which")} error={errorOf("threshold")} required>
        {(control) => (
          <Select
            {...control}
            options={THRESHOLDS.map((one) => ({ value: one, label: labels(`threshold.${one}`) }))}
            value={threshold}
            onChange={(event) => onThreshold(event.target.value as Threshold)}
          />
        )}
      </Field>
      <FieldRow>
        <WhereField reference={reference} error={errorOf("organisation")} />
        <Field label={t("thresholds.programme")} error={errorOf("programme")} optional>
          {(control) => (
            <Select
              {...control}
              name="programme"
              placeholder={t("thresholds.everyProgramme")}
              options={reference.programmes
                .filter(({ active }) => active)
                .map((one) => ({ value: one.code, label: name(one) }))}
              defaultValue=""
            />
          )}
        </Field>
        <Field label={t("thresholds.year")} error={errorOf("year")} optional>
          {(control) => (
            <Select
              {...control}
              name="year"
              placeholder={t("thresholds.everyYear")}
              options={reference.years
                .filter(({ status }) => status === "open")
                .map(({ year }) => ({ value: String(year), label: String(year) }))}
              defaultValue=""
            />
          )}
        </Field>
      </FieldRow>
    </>
  );
}

export function ThresholdDialog({ held, reference, onClose, onDone }: Props) {
  const t = useTranslations("admin");
  const labels = useTranslations("labels");
  const command = useCommand();
  const { errorOf } = command;
  const [chosen, setChosen] = useState<Threshold>(held?.threshold ?? "per-head-times");
  const [text, setText] = useState(held ? thresholdText(held.threshold, held.value) : "");
  const [attempted, setAttempted] = useState(false);
  const value = thresholdRead(chosen, text);
  const everywhere =
    held !== null && held.year === null && held.organisation === null && held.programme === null;

  async function save(data: FormData) {
    setAttempted(true);
    if (value === null) return;
    const given = (field: string) => textOf(data, field) || null;
    const year = given("year");
    const outcome = await command.run(async (send) =>
      held === null
        ? send(createThreshold, {
            body: {
              threshold: chosen,
              value,
              organisation: given("organisation"),
              programme: given("programme"),
              year: year === null ? null : Number(year),
            },
          })
        : send(updateThreshold, {
            id: held.id,
            body: {
              version: held.version,
              value,
              ...(everywhere ? {} : { active: data.get("active") === "on" }),
            },
          }),
    );
    if (outcome.ok) onDone();
  }

  return (
    <KeptDialog
      command={command}
      onClose={onClose}
      size="wide"
      title={held === null ? t("thresholds.new") : labels(`threshold.${held.threshold}`)}
      note={t("thresholds.changeNote")}
      inUse={
        held !== null && !everywhere
          ? { active: held.active, hint: t("thresholds.activeHint") }
          : null
      }
      onConfirm={(data) => void save(data)}
    >
      {held === null && (
        <Place reference={reference} errorOf={errorOf} threshold={chosen} onThreshold={setChosen} />
      )}
      <Field
        label={t(`thresholds.unit.${chosen}`)}
        hint={t(`thresholds.hint.${chosen}`)}
        error={attempted && value === null ? t("thresholds.valueWrong") : errorOf("value")}
        required
        width="half"
      >
        {(control) => (
          <TextInput
            {...control}
            inputMode="decimal"
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
    </KeptDialog>
  );
}

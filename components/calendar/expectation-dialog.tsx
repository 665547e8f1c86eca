"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { ProgrammeField } from "@/components/admin/programme-field";
import { textOf } from "@/components/admin/names-fields";
import { useName, useOrganisations } from "@/components/admin/words";
import { KeptDialog } from "@/components/admin/kept-dialog";
import { useCommand } from "@/components/command/use-command";
import { Field } from "@/components/form/field";
import { FieldRow } from "@/components/form/form-layout";
import { Select } from "@/components/form/select";
import { TextInput } from "@/components/form/text-input";
import { OrganisationPicker } from "@/components/reference/organisation-picker";
import { createExpectation, updateExpectation } from "@/lib/features/calendar/client";
import type { Expectation } from "@/lib/features/calendar/schema";
import { OWING_KINDS, type OwingKind } from "@/lib/features/calendar/types";
import { civilDateInChina, yearOf } from "@/lib/kernel/fiscal-year";
import type { PageReference } from "@/lib/features/reference/types";
import { WhenFields, whenOf, type Repeats } from "./when-fields";

type Props = {
  /** Null for a new one. */
  held: Expectation | null;
  reference: PageReference;
  onClose: () => void;
  onDone: () => void;
};

type ErrorOf = (field: string) => string | undefined;

/** Of what and by whom: said once. */
function Whose({ reference, errorOf }: Pick<Props, "reference"> & { errorOf: ErrorOf }) {
  const t = useTranslations("admin.calendar");
  const kinds = useTranslations("labels.organisationKind");
  const choose = useTranslations("common")("choose");
  const organisations = useOrganisations(reference);
  return (
    <>
      <ProgrammeField label={t("programme")} error={errorOf("programme")} reference={reference} />
      <FieldRow>
        <Field label={t("root")} hint={t("rootHint")} error={errorOf("organisation")} required>
          {(control) => (
            <OrganisationPicker
              {...control}
              name="organisation"
              as="select"
              source={organisations({})}
              placeholder={choose}
            />
          )}
        </Field>
        <Field label={t("owedBy")} error={errorOf("owedBy")} required>
          {(control) => (
            <Select
              {...control}
              name="owedBy"
              options={OWING_KINDS.map((kind) => ({ value: kind, label: kinds(kind) }))}
              defaultValue="COUNTY"
            />
          )}
        </Field>
      </FieldRow>
    </>
  );
}

/** In which years it holds, and which document says so. */
function Validity({
  held,
  reference,
  errorOf,
}: Pick<Props, "held" | "reference"> & { errorOf: ErrorOf }) {
  const t = useTranslations("admin.calendar");
  const known = reference.years.map(({ year }) => year);
  const [thisYear] = useState(() => yearOf(civilDateInChina(new Date())));
  const years = [...new Set([...known, held?.firstYear ?? thisYear, held?.lastYear ?? 0])]
    .filter((year) => year > 0)
    .sort((a, b) => a - b)
    .map((year) => ({ value: String(year), label: String(year) }));
  return (
    <>
      <FieldRow>
        <Field label={t("firstYear")} error={errorOf("firstYear")} required>
          {(control) => (
            <Select
              {...control}
              name="firstYear"
              options={years}
              defaultValue={String(held?.firstYear ?? thisYear)}
            />
          )}
        </Field>
        <Field label={t("lastYear")} error={errorOf("lastYear")} optional>
          {(control) => (
            <Select
              {...control}
              name="lastYear"
              placeholder={t("noLastYear")}
              options={years}
              defaultValue={String(held?.lastYear ?? "")}
            />
          )}
        </Field>
      </FieldRow>
      <Field label={t("source")} hint={t("sourceHint")} error={errorOf("source")} optional>
        {(control) => (
          <TextInput {...control} name="source" maxLength={200} defaultValue={held?.source} />
        )}
      </Field>
    </>
  );
}

export function ExpectationDialog({ held, reference, onClose, onDone }: Props) {
  const t = useTranslations("admin");
  const name = useName();
  const command = useCommand();
  const { errorOf } = command;
  const [repeats, setRepeats] = useState<Repeats>(held?.when.repeats ?? "yearly");

  async function save(data: FormData) {
    const last = textOf(data, "lastYear");
    const fields = {
      when: whenOf(data, repeats),
      firstYear: Number(textOf(data, "firstYear")),
      lastYear: last === "" ? null : Number(last),
      source: textOf(data, "source"),
    };
    const outcome = await command.run(async (send) =>
      held === null
        ? send(createExpectation, {
            body: {
              programme: textOf(data, "programme"),
              organisation: textOf(data, "organisation"),
              owedBy: textOf(data, "owedBy") as OwingKind,
              ...fields,
            },
          })
        : send(updateExpectation, {
            id: held.id,
            body: { version: held.version, ...fields, active: data.get("active") === "on" },
          }),
    );
    if (outcome.ok) onDone();
  }

  return (
    <KeptDialog
      command={command}
      onClose={onClose}
      size="wide"
      title={held === null ? t("calendar.new") : name(held.programme)}
      note={t("calendar.changeNote")}
      inUse={held !== null ? { active: held.active, hint: t("calendar.activeHint") } : null}
      onConfirm={(data) => void save(data)}
    >
      {held === null && <Whose reference={reference} errorOf={errorOf} />}
      <WhenFields
        when={held?.when}
        repeats={repeats}
        onRepeats={setRepeats}
        error={errorOf("when") ?? errorOf("when.toMonth")}
      />
      <Validity held={held} reference={reference} errorOf={errorOf} />
    </KeptDialog>
  );
}

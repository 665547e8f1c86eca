"use client";

import { useTranslations } from "next-intl";
import { CodeField, NoticeField, noticeOf, OrderField, orderOf } from "./code-fields";
import { useCommand } from "@/components/command/use-command";
import { Checkbox } from "@/components/form/checkbox";
import { Field } from "@/components/form/field";
import { FieldRow } from "@/components/form/form-layout";
import { Select, type SelectOption } from "@/components/form/select";
import { createProgramme } from "@/lib/features/admin/client";
import type { ProgrammeChoices } from "@/lib/features/admin/types";
import { SEASONS } from "@/lib/features/reference/types";
import { COUNT_UNITS } from "@/lib/kernel/counts";
import { AID_FORMS } from "@/lib/kernel/record-codes";
import styles from "./admin.module.css";
import { namesOf, NamesFields, textOf } from "./names-fields";
import { KeptDialog } from "./kept-dialog";
import { MonthsFields, monthsOf } from "./months-fields";
import { useName } from "./words";

type ErrorOf = (field: string) => string | undefined;
type Props = { choices: ProgrammeChoices; onClose: () => void; onCreated: () => void };

type ChoiceProps = {
  name: string;
  label: string;
  options: SelectOption[];
  errorOf: ErrorOf;
};

function Choice({ name, label, options, errorOf }: ChoiceProps) {
  const choose = useTranslations("common")("choose");
  return (
    <Field label={label} error={errorOf(name)} required>
      {(control) => <Select {...control} name={name} options={options} placeholder={choose} />}
    </Field>
  );
}

/** What the programme fills in where a clerk says nothing. */
function Defaults({ choices, errorOf }: { choices: ProgrammeChoices; errorOf: ErrorOf }) {
  const t = useTranslations("admin.programmes");
  const tForm = useTranslations("labels.form");
  const tUnit = useTranslations("labels.countName");
  const name = useName();
  const coded = (list: ProgrammeChoices["aidCategories"]) =>
    list.map((one) => ({ value: one.code, label: name(one) }));
  const forms = AID_FORMS.map((form) => ({ value: form, label: tForm(form) }));
  const units = COUNT_UNITS.map((unit) => ({ value: unit, label: tUnit(unit) }));
  return (
    <>
      <fieldset className={styles.group}>
        <legend>{t("forms")}</legend>
        <div className={styles.forms}>
          {forms.map(({ value, label }) => (
            <Checkbox key={value} name="form" value={value} label={label} />
          ))}
        </div>
        {errorOf("allowedForms") && <p role="alert">{errorOf("allowedForms")}</p>}
      </fieldset>
      <FieldRow>
        <Choice name="defaultForm" label={t("defaultForm")} options={forms} errorOf={errorOf} />
        <Choice name="mainUnit" label={t("unit")} options={units} errorOf={errorOf} />
      </FieldRow>
      <FieldRow>
        <Choice
          name="defaultAidCategory"
          label={t("category")}
          options={coded(choices.aidCategories)}
          errorOf={errorOf}
        />
        <Choice
          name="defaultRecipientKind"
          label={t("kind")}
          options={coded(choices.recipientKinds)}
          errorOf={errorOf}
        />
      </FieldRow>
    </>
  );
}

/** An empty choice is sent as it is, for the server to name in its words. */
const chosen = <T extends string>(list: readonly T[], text: string): T =>
  list.find((one) => one === text) ?? (text as T);

export function NewProgrammeDialog({ choices, onClose, onCreated }: Props) {
  const t = useTranslations("admin");
  const tSeason = useTranslations("labels.season");
  const command = useCommand();
  const { errorOf } = command;

  async function create(data: FormData) {
    const forms = data.getAll("form").map(String);
    const body = {
      code: textOf(data, "code"),
      ...namesOf(data),
      ...orderOf(data),
      season: chosen(SEASONS, textOf(data, "season")),
      contributory: data.get("contributory") === "on",
      seasonMonths: monthsOf(data),
      ...noticeOf(data),
      mainUnit: chosen(COUNT_UNITS, textOf(data, "mainUnit")),
      allowedForms: AID_FORMS.filter((form) => forms.includes(form)),
      defaultForm: chosen(AID_FORMS, textOf(data, "defaultForm")),
      defaultAidCategory: textOf(data, "defaultAidCategory"),
      defaultRecipientKind: textOf(data, "defaultRecipientKind"),
    };
    const outcome = await command.run((send) => send(createProgramme, { body }));
    if (outcome.ok) onCreated();
  }

  return (
    <KeptDialog
      command={command}
      onClose={onClose}
      size="wide"
      title={t("programmes.newTitle")}
      onConfirm={(data) => void create(data)}
    >
      <CodeField error={errorOf("code")} />
      <NamesFields errorOf={errorOf} />
      <FieldRow>
        <Choice
          name="season"
          label={t("programmes.season")}
          options={SEASONS.map((season) => ({ value: season, label: tSeason(season) }))}
          errorOf={errorOf}
        />
        <OrderField value={undefined} error={errorOf("sortOrder")} />
      </FieldRow>
      <MonthsFields months={[]} />
      <Defaults choices={choices} errorOf={errorOf} />
      <NoticeField value={null} error={errorOf("noticeFromYear")} />
      <Checkbox
        name="contributory"
        label={t("programmes.contributoryLabel")}
        hint={t("programmes.contributoryHint")}
      />
    </KeptDialog>
  );
}

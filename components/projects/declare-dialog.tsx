"use client";

import { CommandDialog } from "@/components/command/command-dialog";
import { useCommand } from "@/components/command/use-command";
import { AmountField } from "@/components/form/amount-field";
import { Checkbox } from "@/components/form/checkbox";
import { DayField } from "@/components/form/day-field";
import { Field } from "@/components/form/field";
import { FieldRow } from "@/components/form/form-layout";
import { Select, type SelectOption } from "@/components/form/select";
import { TextArea, TextInput } from "@/components/form/text-input";
import { OrganisationPicker } from "@/components/reference/organisation-picker";
import type { OrganisationSource } from "@/components/reference/organisation-source";
import { useToast } from "@/components/ui/toast";
import { createProject } from "@/lib/features/projects/client";
import { parseAmount } from "@/lib/kernel/amount-reading";
import { readDate } from "@/lib/kernel/date-reading";
import { civilDateInChina, type CivilDate } from "@/lib/kernel/fiscal-year";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useState } from "react";
import styles from "./projects.module.css";

export type DeclareChoices = {
  year: number;
  organisation: string;
  organisations: OrganisationSource;
  years: SelectOption[];
  fundSources: SelectOption[];
  programmes: SelectOption[];
};

type Typed = Record<
  "organisation" | "year" | "name" | "number" | "fundSource" | "amount" | "declaredOn" | "purpose",
  string
> & { programmes: readonly string[] };

type Part = {
  typed: Typed;
  change: (part: Partial<Typed>) => void;
  errorOf: (name: string) => string | undefined;
  /** What is still to be filled in, once sending was tried. */
  missing: (value: string) => string | undefined;
};

const orNull = (text: string) => (text.trim() === "" ? null : text.trim());

const bodyOf = (typed: Typed, fen: bigint, declaredOn: CivilDate | null) => ({
  organisation: typed.organisation,
  fiscalYear: Number(typed.year),
  name: typed.name.trim(),
  number: orNull(typed.number),
  fundSource: typed.fundSource,
  programmes: [...typed.programmes],
  declaredFen: fen.toString(),
  declaredOn,
  purpose: orNull(typed.purpose),
});

/** 项目申报: what it is, from which source, how much. */
export function DeclareDialog(props: DeclareChoices & { onClose: () => void }) {
  const { onClose } = props;
  const t = useTranslations("projects.declare");
  const router = useRouter();
  const toast = useToast();
  const command = useCommand();
  const { errorOf } = command;
  const [attempted, setAttempted] = useState(false);
  const [today] = useState(() => civilDateInChina(new Date()));
  const [typed, setTyped] = useState<Typed>({
    ...{ organisation: props.organisation, name: "", number: "", fundSource: "", amount: "" },
    year: props.years.some(({ value }) => value === String(props.year))
      ? String(props.year)
      : (props.years[0]?.value ?? ""),
    ...{ declaredOn: today, purpose: "", programmes: [] },
  });
  const change = (part: Partial<Typed>) => setTyped((before) => ({ ...before, ...part }));
  const parsed = parseAmount(typed.amount);
  const fen = parsed.ok && parsed.fen > 0n ? parsed.fen : null;
  const missing = (value: string) => (attempted && value.trim() === "" ? t("required") : undefined);

  async function save() {
    setAttempted(true);
    const day = readDate(typed.declaredOn, today);
    const isWhole = typed.name.trim() !== "" && typed.fundSource !== "";
    if (fen === null || !isWhole || day.kind === "unread") return;
    const body = bodyOf(typed, fen, day.kind === "date" ? day.date : null);
    const outcome = await command.run((send) => send(createProject, { body }));
    if (outcome.ok || outcome.decided) router.refresh();
    if (!outcome.ok) return;
    toast(t("saved", { name: body.name }));
    onClose();
  }

  const part = { typed, change, errorOf, missing };
  return (
    <CommandDialog
      command={command}
      onClose={onClose}
      title={t("title")}
      confirm={t("save")}
      size="wide"
      onConfirm={() => void save()}
    >
      <Which {...part} {...props} />
      <FieldRow>
        <AmountField
          label={t("amount")}
          hint={t("amountHint")}
          required
          error={attempted && fen === null ? t("amountWrong") : errorOf("declaredFen")}
          text={typed.amount}
          fen={fen}
          onText={(amount) => change({ amount })}
        />
        <DayField
          label={t("day")}
          optional
          error={errorOf("declaredOn")}
          text={typed.declaredOn}
          today={today}
          onText={(declaredOn) => change({ declaredOn })}
        />
      </FieldRow>
      <Covers {...part} {...props} />
    </CommandDialog>
  );
}

/** Whose it is, and how it is called. */
function Which({ typed, change, errorOf, missing, organisations, years }: Part & DeclareChoices) {
  const t = useTranslations("projects.declare");
  return (
    <>
      <FieldRow>
        <Field label={t("organisation")} required error={errorOf("organisation")}>
          {(control) => (
            <OrganisationPicker
              {...control}
              source={organisations}
              value={typed.organisation}
              onChange={(organisation) => change({ organisation })}
            />
          )}
        </Field>
        <Field label={t("year")} required error={errorOf("fiscalYear")}>
          {(control) => (
            <Select
              {...control}
              options={years}
              value={typed.year}
              onChange={(event) => change({ year: event.target.value })}
            />
          )}
        </Field>
      </FieldRow>
      <FieldRow>
        <Field
          label={t("name")}
          hint={t("nameHint")}
          required
          error={missing(typed.name) ?? errorOf("name")}
        >
          {(control) => (
            <TextInput
              {...control}
              maxLength={100}
              value={typed.name}
              onChange={(event) => change({ name: event.target.value })}
            />
          )}
        </Field>
        <Field label={t("number")} optional error={errorOf("number")}>
          {(control) => (
            <TextInput
              {...control}
              maxLength={60}
              value={typed.number}
              onChange={(event) => change({ number: event.target.value })}
            />
          )}
        </Field>
      </FieldRow>
    </>
  );
}

/** From which source and for which programmes: by these its spending is told. */
function Covers({ typed, change, errorOf, missing, ...choices }: Part & DeclareChoices) {
  const t = useTranslations("projects.declare");
  const common = useTranslations("common");
  const toggle = (code: string, on: boolean) =>
    change({
      programmes: on ? [...typed.programmes, code] : typed.programmes.filter((one) => one !== code),
    });
  return (
    <>
      <Field
        label={t("fundSource")}
        required
        error={missing(typed.fundSource) ?? errorOf("fundSource")}
      >
        {(control) => (
          <Select
            {...control}
            placeholder={common("choose")}
            options={choices.fundSources}
            value={typed.fundSource}
            onChange={(event) => change({ fundSource: event.target.value })}
          />
        )}
      </Field>
      <fieldset className={styles.programmes}>
        <legend>{t("programmes")}</legend>
        {choices.programmes.map(({ value, label }) => (
          <Checkbox
            key={value}
            label={label}
            checked={typed.programmes.includes(value)}
            onChange={(event) => toggle(value, event.target.checked)}
          />
        ))}
      </fieldset>
      <p className="quiet">{t("programmesHint")}</p>
      {errorOf("programmes") && <p role="alert">{errorOf("programmes")}</p>}
      <Field label={t("purpose")} optional error={errorOf("purpose")}>
        {(control) => (
          <TextArea
            {...control}
            maxLength={500}
            value={typed.purpose}
            onChange={(event) => change({ purpose: event.target.value })}
          />
        )}
      </Field>
    </>
  );
}

"use client";

import { Plus, Save } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState, type FormEvent } from "react";
import { FailureNote } from "@/components/command/failure-note";
import { useCommand } from "@/components/command/use-command";
import { Checkbox } from "@/components/form/checkbox";
import { DayField, dayIn } from "@/components/form/day-field";
import { Field } from "@/components/form/field";
import { FormActions } from "@/components/form/form-layout";
import { Select, type SelectOption } from "@/components/form/select";
import { TextInput } from "@/components/form/text-input";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { useToast } from "@/components/ui/toast";
import { createHousehold, updateHousehold } from "@/lib/features/households/client";
import { ARCHIVE_LEVELS, CAUSES, HOME_DETAILS, HOUSEHOLD_KINDS, MOST_MEMBERS, TIERS, type Cause, type Tier } from "@/lib/features/households/labels"; // prettier-ignore
import type { Household } from "@/lib/features/households/types";
import { DetailFields } from "./detail-fields";
import { MemberFields } from "./member-fields";
import { bodyOf, useFileText } from "./use-file-text";
import { useWords } from "./use-words";
import styles from "./households.module.css";

type Props = {
  /** Null: a new one. */
  file: Household | null;
  today: string;
  organisations?: readonly SelectOption[];
  onSaved: (file: Household) => void;
  onCancel: () => void;
};
type Text = ReturnType<typeof useFileText>;
type Part = {
  text: Text;
  errorOf: (field: string) => string | undefined;
  attempted: boolean;
  isNew: boolean;
  today: string;
  organisations: readonly SelectOption[];
};

const CHOSEN = ["tier", "cause", "kind", "level"] as const;
const CODES = { tier: TIERS, cause: CAUSES, kind: HOUSEHOLD_KINDS, level: ARCHIVE_LEVELS };

function Choice({ name, ...part }: Part & { name: (typeof CHOSEN)[number] }) {
  const t = useTranslations("households");
  const common = useTranslations("common");
  const { options } = useWords();
  const { typed, change } = part.text;
  const missing = part.attempted && typed[name] === "" ? t("form.required") : undefined;
  return (
    <Field label={t(`file.${name}`)} required error={missing ?? part.errorOf(name)}>
      {(control) => (
        <Select
          {...control}
          placeholder={typed[name] === "" ? common("choose") : undefined}
          options={options(name, CODES[name])}
          value={typed[name]}
          onChange={(event) => change({ [name]: event.target.value })}
        />
      )}
    </Field>
  );
}

function OtherCauses({ text, errorOf }: Part) {
  const t = useTranslations("households");
  const { typed, change } = text;
  const toggle = (cause: Cause) =>
    change({
      otherCauses: typed.otherCauses.includes(cause)
        ? typed.otherCauses.filter((one) => one !== cause)
        : [...typed.otherCauses, cause],
    });
  return (
    <fieldset className={styles.ticks}>
      <legend>{t("form.otherCauses")}</legend>
      {CAUSES.filter((cause) => cause !== typed.cause).map((cause) => (
        <Checkbox
          key={cause}
          label={t(`cause.${cause}`)}
          checked={typed.otherCauses.includes(cause)}
          disabled={!typed.otherCauses.includes(cause) && typed.otherCauses.length >= 3}
          onChange={() => toggle(cause)}
        />
      ))}
      {errorOf("otherCauses") && <p role="alert">{errorOf("otherCauses")}</p>}
    </fieldset>
  );
}

function Head(part: Part) {
  const t = useTranslations("households");
  const { text, errorOf, attempted, isNew, today, organisations } = part;
  const { typed, change } = text;
  const input = (name: "code" | "address", max: number, hint?: string) => (
    <Field
      label={t(`form.${name}`)}
      optional={name === "address" || isNew}
      hint={hint}
      error={!isNew && attempted && name === "code" && typed.code.trim() === "" ? t("form.required") : errorOf(name)} // prettier-ignore
    >
      {(control) => (
        <TextInput
          {...control}
          autoComplete="off"
          maxLength={max}
          value={typed[name]}
          onChange={(event) => change({ [name]: event.target.value })}
        />
      )}
    </Field>
  );
  return (
    <Card title={t("file.head")} className={styles.head}>
      <div className={styles.grid}>
        {organisations.length > 1 && (
          <Field label={t("file.organisation")} required error={errorOf("organisation")}>
            {(control) => (
              <Select
                {...control}
                options={organisations}
                value={typed.organisation}
                onChange={(event) => change({ organisation: event.target.value })}
              />
            )}
          </Field>
        )}
        {input("code", 30, isNew ? t("form.codeHint") : undefined)}
        {isNew && (
          <DayField
            label={t("form.filedOn")}
            required
            error={errorOf("filedOn")}
            text={typed.filedOn}
            today={today}
            onText={(filedOn) => change({ filedOn })}
          />
        )}
        {CHOSEN.filter((name) => isNew || name !== "tier").map((name) => (
          <Choice key={name} name={name} {...part} />
        ))}
        {input("address", 200)}
      </div>
      <OtherCauses {...part} />
      <DetailFields
        kinds={HOME_DETAILS}
        typed={typed.details}
        errorOf={(field) => errorOf(`details.${field}`)}
        onChange={(details) => change({ details })}
      />
    </Card>
  );
}

/** A file as it is typed, new or changed. Refusals stand at their fields, and nothing typed is lost. */
export function HouseholdForm({ file, today, organisations = [], onSaved, onCancel }: Props) {
  const t = useTranslations("households");
  const text = useFileText(file, organisations[0]?.value ?? "", today);
  const command = useCommand();
  const toast = useToast();
  const [attempted, setAttempted] = useState(false);
  const { typed } = text;
  const part = { text, errorOf: command.errorOf, attempted, isNew: file === null, today, organisations }; // prettier-ignore
  const faults = Object.keys(command.failure?.fieldErrors ?? {}).length;

  async function save(event: FormEvent) {
    event.preventDefault();
    setAttempted(true);
    const named = typed.members.every(({ name }) => name.trim() !== "");
    if (!named || typed.cause === "" || typed.tier === "" || (file && !typed.code.trim())) return;
    const body = bodyOf(typed, today);
    const outcome = await command.run((send) =>
      file
        ? send(updateHousehold, { id: file.id, body: { ...body, code: typed.code.trim(), version: file.version } }) // prettier-ignore
        : send(createHousehold, {
            body: {
              ...body,
              organisation: typed.organisation,
              code: typed.code.trim() || null,
              filedOn: dayIn(typed.filedOn, today),
              tier: typed.tier as Tier,
            },
          }),
    );
    if (!outcome.ok) return;
    text.rest();
    toast(t("form.saved", { code: outcome.answer.code }));
    onSaved(outcome.answer);
  }

  return (
    <form className="stack" noValidate onSubmit={(event) => void save(event)}>
      <Head {...part} />
      <Card title={t("form.members")} note={t("form.membersHint")}>
        {typed.members.map((member, n) => (
          <MemberFields
            key={member.key}
            member={member}
            n={n}
            errorOf={command.errorOf}
            attempted={attempted}
            onChange={(changed) => text.changeMember(member.key, changed)}
            onRemove={n === 0 ? undefined : () => text.removeMember(member.key)}
          />
        ))}
        {typed.members.length < MOST_MEMBERS && (
          <Button size="small" icon={<Plus size={16} aria-hidden />} onClick={text.addMember}>
            {t("member.add")}
          </Button>
        )}
      </Card>
      <FailureNote failure={command.failure} />
      {faults > 0 && <p role="status">{t("form.faulty", { count: faults })}</p>}
      <FormActions>
        <Button onClick={onCancel}>{t("form.cancel")}</Button>
        <Button
          type="submit"
          variant="primary"
          busy={command.busy}
          icon={<Save size={16} aria-hidden />}
        >
          {t("form.save")}
        </Button>
      </FormActions>
    </form>
  );
}

"use client";

import { Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { Field } from "@/components/form/field";
import { Select } from "@/components/form/select";
import { TextInput } from "@/components/form/text-input";
import { Button } from "@/components/ui/button";
import { PERSON_DETAILS, RELATIONS, SEXES } from "@/lib/features/households/labels";
import { ID_KINDS } from "@/lib/kernel/id-number";
import { DetailFields } from "./detail-fields";
import type { TypedMember } from "./use-file-text";
import { useWords } from "./use-words";
import styles from "./households.module.css";

type Props = {
  member: TypedMember;
  n: number;
  errorOf: (field: string) => string | undefined;
  attempted: boolean;
  onChange: (part: Partial<TypedMember>) => void;
  onRemove: (() => void) | undefined;
};
type TextField = Exclude<keyof TypedMember, "key" | "relation" | "idKind" | "sex" | "details">;

/** One member: what the identity number says is not asked for. */
export function MemberFields({ member, n, errorOf, attempted, onChange, onRemove }: Props) {
  const t = useTranslations("households");
  const kinds = useTranslations("rosters.idKind");
  const { options } = useWords();
  const fault = (field: string) => errorOf(`members.${n}.${field}`);
  const text = (field: TextField, max: number, more: { required?: true; hint?: string } = {}) => (
    <Field
      label={t(`member.${field}`)}
      required={more.required}
      hint={more.hint}
      error={attempted && more.required && member[field].trim() === "" ? t("form.required") : fault(field)} // prettier-ignore
    >
      {(control) => (
        <TextInput
          {...control}
          autoComplete="off"
          maxLength={max}
          value={member[field]}
          onChange={(event) => onChange({ [field]: event.target.value })}
        />
      )}
    </Field>
  );
  const numbered = member.idNumber.trim() !== "" && member.idKind !== "passport" && member.idKind !== "other"; // prettier-ignore
  return (
    <fieldset className={styles.member}>
      <legend className={styles.memberHead}>{t("member.nth", { no: n + 1 })}</legend>
      <div className={styles.grid}>
        <Field label={t("member.relation")} error={fault("relation")}>
          {(control) => (
            <Select
              {...control}
              options={options("relation", n === 0 ? ["self"] : RELATIONS.filter((one) => one !== "self"))} // prettier-ignore
              value={member.relation}
              onChange={(event) => onChange({ relation: event.target.value })}
            />
          )}
        </Field>
        {text("name", 120, { required: true })}
        {text("idNumber", 60)}
        <Field label={t("member.idKind")} error={fault("idKind")}>
          {(control) => (
            <Select
              {...control}
              placeholder={t("member.auto")}
              options={ID_KINDS.map((value) => ({ value, label: kinds(value) }))}
              value={member.idKind}
              onChange={(event) => onChange({ idKind: event.target.value })}
            />
          )}
        </Field>
        {text("born", 40, numbered ? { hint: t("member.fromNumber") } : {})}
        <Field label={t("member.sex")} error={fault("sex")}>
          {(control) => (
            <Select
              {...control}
              placeholder={t("member.choose")}
              options={SEXES.map((value) => ({ value, label: t(`sex.${value}`) }))}
              value={member.sex}
              onChange={(event) => onChange({ sex: event.target.value })}
            />
          )}
        </Field>
        {text("phone", 40)}
        {text("health", 200)}
        {text("workplace", 120)}
      </div>
      <DetailFields
        kinds={PERSON_DETAILS}
        typed={member.details}
        errorOf={(field) => fault(`details.${field}`)}
        onChange={(details) => onChange({ details })}
      />
      {onRemove && (
        <div>
          <Button
            size="small"
            variant="quiet"
            icon={<Trash2 size={16} aria-hidden />}
            onClick={onRemove}
          >
            {t("member.remove", { no: n + 1 })}
          </Button>
        </div>
      )}
    </fieldset>
  );
}

"use client";

import { useTranslations } from "next-intl";
import { Field } from "@/components/form/field";
import { Select } from "@/components/form/select";
import { TextInput } from "@/components/form/text-input";
import { MOST_DETAIL, type DetailKind } from "@/lib/features/households/labels";
import styles from "./households.module.css";

export type TypedDetails = Readonly<Record<string, string>>;

type Props = {
  kinds: Readonly<Record<string, DetailKind>>;
  typed: TypedDetails;
  errorOf: (field: string) => string | undefined;
  onChange: (typed: TypedDetails) => void;
};

/** What else the national list asks for: folded away, because most of it is never known. */
export function DetailFields({ kinds, typed, errorOf, onChange }: Props) {
  const t = useTranslations("households.detail");
  const common = useTranslations("common");
  const faulty = Object.keys(kinds).some((field) => errorOf(field) !== undefined);
  return (
    <details className={styles.details} open={faulty || undefined}>
      <summary>{t("more")}</summary>
      <div className={styles.grid}>
        {Object.entries(kinds).map(([field, kind]) => (
          <Field key={field} label={t(field as "bank")} error={errorOf(field)}>
            {(control) =>
              kind === "yesNo" ? (
                <Select
                  {...control}
                  placeholder={common("choose")}
                  options={(["yes", "no"] as const).map((value) => ({ value, label: t(value) }))}
                  value={typed[field] ?? ""}
                  onChange={({ target }) => onChange({ ...typed, [field]: target.value })}
                />
              ) : (
                <TextInput
                  {...control}
                  autoComplete="off"
                  inputMode={kind === "money" ? "decimal" : undefined}
                  maxLength={MOST_DETAIL}
                  value={typed[field] ?? ""}
                  onChange={({ target }) => onChange({ ...typed, [field]: target.value })}
                />
              )
            }
          </Field>
        ))}
      </div>
    </details>
  );
}

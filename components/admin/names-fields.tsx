"use client";

import { useTranslations } from "next-intl";
import { Field } from "@/components/form/field";
import { TextInput } from "@/components/form/text-input";
import styles from "./admin.module.css";

type Props = {
  nameZh?: string | undefined;
  nameEn?: string | undefined;
  /** "Name of a person" reads otherwise than "name of a union". */
  person?: boolean;
  errorOf: (field: string) => string | undefined;
};

/** Uncontrolled: read from the form by name when it is sent. */
export function NamesFields({ nameZh = "", nameEn = "", person = false, errorOf }: Props) {
  const t = useTranslations("admin");
  return (
    <div className={styles.pair}>
      <Field label={person ? t("users.nameZh") : t("nameZh")} error={errorOf("nameZh")} required>
        {(control) => (
          <TextInput
            {...control}
            name="nameZh"
            defaultValue={nameZh}
            maxLength={person ? 60 : 120}
          />
        )}
      </Field>
      <Field label={person ? t("users.nameEn") : t("nameEn")} error={errorOf("nameEn")} required>
        {(control) => (
          <TextInput
            {...control}
            name="nameEn"
            defaultValue={nameEn}
            maxLength={person ? 60 : 120}
          />
        )}
      </Field>
    </div>
  );
}

export function namesOf(data: FormData) {
  return { nameZh: textOf(data, "nameZh"), nameEn: textOf(data, "nameEn") };
}

export function textOf(data: FormData, name: string): string {
  const value = data.get(name);
  return typeof value === "string" ? value.trim() : "";
}

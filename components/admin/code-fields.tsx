"use client";

import { useTranslations } from "next-intl";
import { textOf } from "./names-fields";
import { Field } from "@/components/form/field";
import { TextInput } from "@/components/form/text-input";

/** Asked for once: a code never changes. */
export function CodeField({ error }: { error: string | undefined }) {
  const t = useTranslations("admin");
  return (
    <Field label={t("code")} hint={t("codeHint")} error={error} required>
      {(control) => (
        <TextInput
          {...control}
          name="code"
          maxLength={39}
          autoCapitalize="none"
          spellCheck={false}
        />
      )}
    </Field>
  );
}

type OrderProps = { value: number | undefined; error: string | undefined };

export function OrderField({ value, error }: OrderProps) {
  const t = useTranslations("admin");
  return (
    <Field label={t("order")} hint={t("orderHint")} error={error} width="half" optional>
      {(control) => (
        <TextInput
          {...control}
          name="sortOrder"
          inputMode="numeric"
          maxLength={4}
          defaultValue={value}
        />
      )}
    </Field>
  );
}

/** Left empty: at the end of the list, or where it stood. */
export function orderOf(data: FormData): { sortOrder?: number } {
  const text = textOf(data, "sortOrder");
  return text === "" ? {} : { sortOrder: Number(text) };
}

/** 上报前须公示: from a year on, or not at all. */
export function NoticeField({ value, error }: { value: number | null; error: string | undefined }) {
  const t = useTranslations("admin.programmes");
  return (
    <Field label={t("notice")} hint={t("noticeHint")} error={error} width="half" optional>
      {(control) => (
        <TextInput
          {...control}
          name="noticeFromYear"
          inputMode="numeric"
          maxLength={4}
          defaultValue={value ?? ""}
        />
      )}
    </Field>
  );
}

export function noticeOf(data: FormData): { noticeFromYear: number | null } {
  const text = textOf(data, "noticeFromYear");
  return { noticeFromYear: text === "" ? null : Number(text) };
}

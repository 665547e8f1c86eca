"use client";

import { useTranslations } from "next-intl";
import { Field } from "@/components/form/field";
import { TextArea } from "@/components/form/text-input";
import { TEXT_FIELDS } from "@/lib/kernel/record-fields";
import { VisuallyHidden } from "@/components/ui/visually-hidden";
import { fieldId, useEntryFields } from "./entry-context";
import { Section } from "./section";

export function NoteSection() {
  const t = useTranslations("entry.note");
  const { values, change, errorOf } = useEntryFields();
  return (
    <Section title={t("title")} single>
      <Field
        id={fieldId("note")}
        label={<VisuallyHidden>{t("title")}</VisuallyHidden>}
        error={errorOf("note")}
        hint={t("hint")}
      >
        {(control) => (
          <TextArea
            {...control}
            rows={2}
            maxLength={TEXT_FIELDS.note.max}
            value={values.note}
            onChange={(event) => change({ note: event.target.value })}
          />
        )}
      </Field>
    </Section>
  );
}

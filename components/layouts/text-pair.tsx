"use client";

import { Field } from "@/components/form/field";
import { TextArea, TextInput } from "@/components/form/text-input";
import type { LayoutText } from "@/lib/features/layouts/types";
import { idOf } from "./layout-faults";
import type { Faults } from "./layout-draft";
import styles from "./layouts.module.css";

type TextPairProps = {
  /** Where it stands, for its faults. */
  place: string;
  faults: Faults;
  label: string;
  labelEn: string;
  hint?: string | undefined;
  value: LayoutText;
  max: number;
  required?: boolean | undefined;
  long?: boolean | undefined;
  onChange: (next: LayoutText) => void;
};

/** What is said in Chinese, and beside it in English. */
export function TextPair({
  place,
  faults,
  label,
  labelEn,
  hint,
  value,
  max,
  required = false,
  long = false,
  onChange,
}: TextPairProps) {
  const Input = long ? TextArea : TextInput;
  return (
    <div className={styles.pair}>
      {(["zh", "en"] as const).map((language) => (
        <Field
          key={language}
          id={idOf(`${place}.${language}`)}
          label={language === "zh" ? label : labelEn}
          hint={language === "zh" ? hint : undefined}
          error={faults[`${place}.${language}`]}
          required={required && language === "zh"}
          optional={!required || language === "en"}
        >
          {(control) => (
            <Input
              {...control}
              {...(long && { rows: 2 })}
              value={value[language]}
              maxLength={max}
              onChange={(event: { target: { value: string } }) =>
                onChange({ ...{ zh: value.zh, en: value.en }, [language]: event.target.value })
              }
            />
          )}
        </Field>
      ))}
    </div>
  );
}

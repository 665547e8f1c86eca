"use client";

import { Field } from "@/components/form/field";
import { TextInput } from "@/components/form/text-input";

type Props = { label: string; hint?: string; error?: string | undefined; focused?: boolean };

/** Six digits of a device, or a recovery code. */
export function CodeField({ label, hint, error, focused = false }: Props) {
  return (
    <Field label={label} hint={hint} error={error} required>
      {(control) => (
        <TextInput
          {...control}
          name="code"
          autoComplete="one-time-code"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={40}
          autoFocus={focused}
        />
      )}
    </Field>
  );
}

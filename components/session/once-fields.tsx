"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { Field } from "@/components/form/field";
import { TextInput } from "@/components/form/text-input";
import { PASSWORD_MIN } from "@/lib/kernel/password-rule";

export type OnceFaults = { newPassword?: string; again?: string };

type OnceFieldsProps = {
  visible: boolean;
  faults: OnceFaults;
  /** Why the server did not take the password that was chosen. */
  refused: string | null;
};

type Fault = Parameters<ReturnType<typeof useTranslations<"errors.field">>["has"]>[0];

/** One's own password, in place of a one-time one, which opens nothing by itself. */
export function OnceFields({ visible, faults, refused }: OnceFieldsProps) {
  const t = useTranslations("signIn.once");
  const tField = useTranslations("errors.field");
  const first = useRef<HTMLDivElement>(null);
  useEffect(() => first.current?.querySelector("input")?.focus(), [refused]);
  const known = refused !== null && tField.has(refused as Fault);
  const told = known ? tField(refused as "passwordShort", { min: PASSWORD_MIN }) : undefined;
  const type = visible ? "text" : "password";
  return (
    <>
      <div ref={first}>
        <Field label={t("new")} error={faults.newPassword ?? told} required>
          {(control) => (
            <TextInput
              {...control}
              name="newPassword"
              type={type}
              autoComplete="new-password"
              maxLength={200}
            />
          )}
        </Field>
      </div>
      <Field label={t("again")} error={faults.again} required>
        {(control) => (
          <TextInput
            {...control}
            name="again"
            type={type}
            autoComplete="new-password"
            maxLength={200}
          />
        )}
      </Field>
    </>
  );
}

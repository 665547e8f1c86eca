"use client";

import { useTranslations } from "next-intl";
import { useRef, useState, type FormEvent } from "react";
import { Checkbox } from "@/components/form/checkbox";
import { Field } from "@/components/form/field";
import { TextInput } from "@/components/form/text-input";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { changePassword } from "@/lib/features/session/client";
import { PASSWORD_MIN } from "@/lib/kernel/password-rule";
import styles from "./password-form.module.css";
import { FailureNote } from "@/components/command/failure-note";
import { useCommand } from "@/components/command/use-command";

const FIELDS = ["currentPassword", "newPassword", "again"] as const;
type FieldName = (typeof FIELDS)[number];

export function PasswordForm({ username }: { username: string }) {
  const t = useTranslations("account");
  const tField = useTranslations("errors.field");
  const form = useRef<HTMLFormElement>(null);
  const [faults, setFaults] = useState<Partial<Record<FieldName, string>>>({});
  const [visible, setVisible] = useState(false);
  const { busy, failure, errorOf, run } = useCommand();

  function faultsOf(values: Record<FieldName, string>) {
    const found: Partial<Record<FieldName, string>> = {};
    for (const name of FIELDS) if (values[name] === "") found[name] = tField("required");
    if (!found.again && values.again !== values.newPassword) found.again = t("mismatch");
    return found;
  }

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const read = (name: FieldName) => String(data.get(name) ?? "");
    const values = {
      currentPassword: read("currentPassword"),
      newPassword: read("newPassword"),
      again: read("again"),
    };
    const found = faultsOf(values);
    setFaults(found);
    const first = FIELDS.find((name) => found[name]);
    if (first) {
      form.current?.querySelector<HTMLInputElement>(`[name="${first}"]`)?.focus();
      return;
    }
    const { currentPassword, newPassword } = values;
    const outcome = await run((send) =>
      send(changePassword, { body: { currentPassword, newPassword } }),
    );
    if (outcome.ok) window.location.assign("/sign-in?reason=password-changed");
  }

  const type = visible ? "text" : "password";
  const secret = (name: FieldName, label: string, autoComplete: string) => (
    <Field label={label} error={faults[name] ?? errorOf(name)} required>
      {(control) => (
        <TextInput
          {...control}
          name={name}
          type={type}
          autoComplete={autoComplete}
          maxLength={200}
        />
      )}
    </Field>
  );
  return (
    <form
      ref={form}
      className={styles.form}
      method="post"
      onSubmit={(event) => void submit(event)}
      noValidate
    >
      <p className="quiet">{t("passwordLead", { min: PASSWORD_MIN })}</p>
      {failure?.code === "RATE_LIMITED" ? (
        <Callout tone="danger" live>
          {t("throttled")}
        </Callout>
      ) : (
        <FailureNote failure={failure} />
      )}
      <input type="text" name="username" value={username} autoComplete="username" hidden readOnly />
      {secret("currentPassword", t("current"), "current-password")}
      {secret("newPassword", t("next"), "new-password")}
      {secret("again", t("again"), "new-password")}
      <Checkbox
        label={t("show")}
        checked={visible}
        onChange={(event) => setVisible(event.target.checked)}
      />
      <div>
        <Button type="submit" variant="primary" busy={busy}>
          {busy ? t("submitting") : t("submit")}
        </Button>
      </div>
    </form>
  );
}

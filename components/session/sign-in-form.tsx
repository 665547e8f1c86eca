"use client";

import { useTranslations } from "next-intl";
import { useRef, useState, type FormEvent } from "react";
import { Field } from "@/components/form/field";
import { TextInput } from "@/components/form/text-input";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Checkbox } from "@/components/form/checkbox";
import type { DemoAccount } from "@/lib/features/session/types";
import { PASSWORD_MIN } from "@/lib/kernel/password-rule";
import { DemoAccounts } from "./demo-accounts";
import { CodeStep } from "./code-step";
import { OnceFields, type OnceFaults } from "./once-fields";
import styles from "./sign-in-form.module.css";
import type { SignInReason } from "./sign-in-reasons";
import { signInWithPassword, signInWithProvider, type SignInFailure } from "./sign-in";

export type SignInFormProps = {
  next: string;
  reason: SignInReason | null;
  /** Sign-in by the organisation's own identity service, where one is configured. */
  provider: { name: string } | null;
  demo: { accounts: readonly DemoAccount[]; password: string } | null;
};

const warnings = new Set<SignInReason>(["revoked", "unknown-identity"]);

type Missing = { username?: string; password?: string; code?: string } & OnceFaults;

/** What is asked for next to the password, and is no fault of it. */
const STEPS: readonly string[] = ["once", "code", "enrol"];

/** What is no question but a refusal. */
function SignInFault({ failure }: { failure: SignInFailure | null }) {
  const t = useTranslations("signIn");
  if (!failure || failure.code === "once" || failure.code === "code" || failure.code === "enrol")
    return null;
  return (
    <Callout tone="danger" live>
      {failure.code === "locked"
        ? t("error.locked", { minutes: failure.minutes })
        : t(`error.${failure.code}`)}
    </Callout>
  );
}

export function SignInForm({ next, reason, provider, demo }: SignInFormProps) {
  const t = useTranslations("signIn");
  const form = useRef<HTMLFormElement>(null);
  const [missing, setMissing] = useState<Missing>({});
  const [failure, setFailure] = useState<SignInFailure | null>(null);
  const [busy, setBusy] = useState<string | null>(null);
  const [visible, setVisible] = useState(false);
  const [once, setOnce] = useState(false);
  const [who, setWho] = useState("");

  async function enter(username: string, password: string, newPassword = "", code = "") {
    setBusy(username);
    setWho(username);
    const result = await signInWithPassword({ username, password, newPassword, code });
    if (result === null) {
      // A whole load: the new session begins with nothing of an older one in memory.
      window.location.assign(failure?.code === "enrol" ? "/account" : next);
      return;
    }
    setBusy(null);
    setFailure(result);
    setOnce(result.code === "once");
    const field = form.current?.querySelector<HTMLInputElement>('[name="password"]');
    // What was chosen in place of a one-time password counts from now on.
    if (newPassword !== "" && field && result.code !== "once" && STEPS.includes(result.code))
      field.value = newPassword;
    if (!STEPS.includes(result.code))
      form.current?.querySelector<HTMLInputElement>('[name="password"]')?.focus();
  }

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (busy !== null) return;
    const data = new FormData(event.currentTarget);
    const username = String(data.get("username") ?? "").trim();
    const password = String(data.get("password") ?? "");
    const found: Missing = {};
    if (username === "") found.username = t("usernameMissing");
    if (password === "") found.password = t("passwordMissing");
    const newPassword = String(data.get("newPassword") ?? "");
    if (once && newPassword === "") found.newPassword = t("once.missing");
    if (once && newPassword !== "" && data.get("again") !== newPassword)
      found.again = t("once.mismatch");
    const code = String(data.get("code") ?? "").trim();
    if (data.has("code") && code === "") found.code = t("factor.missing");
    setMissing(found);
    const first = Object.keys(found)[0];
    if (first === undefined) void enter(username, password, newPassword, code);
    else form.current?.querySelector<HTMLInputElement>(`[name="${first}"]`)?.focus();
  }

  return (
    <>
      <SignInFault failure={failure} />
      {once && (
        <Callout tone="info" live>
          {t("once.lead", { min: PASSWORD_MIN })}
        </Callout>
      )}
      {!failure && reason && (
        <Callout tone={warnings.has(reason) ? "warning" : "info"}>{t(`reason.${reason}`)}</Callout>
      )}
      <form ref={form} className={styles.form} onSubmit={submit} noValidate method="post">
        <Field label={t("username")} error={missing.username} required>
          {(control) => (
            <TextInput
              {...control}
              name="username"
              autoComplete="username"
              autoCapitalize="none"
              spellCheck={false}
            />
          )}
        </Field>
        <Field label={t("password")} error={missing.password} required>
          {(control) => (
            <TextInput
              {...control}
              name="password"
              type={visible ? "text" : "password"}
              autoComplete="current-password"
            />
          )}
        </Field>
        {once && (
          <OnceFields
            visible={visible}
            faults={missing}
            refused={failure?.code === "once" ? failure.fault : null}
          />
        )}
        {(failure?.code === "code" || failure?.code === "enrol") && (
          <CodeStep asked={failure} username={who} missing={missing.code} />
        )}
        <Checkbox
          label={t("showPassword")}
          checked={visible}
          onChange={(event) => setVisible(event.target.checked)}
        />
        <Button type="submit" variant="primary" full busy={busy !== null}>
          {busy === null ? t(once ? "once.submit" : "submit") : t("submitting")}
        </Button>
      </form>
      {provider && (
        <Button full onClick={() => void signInWithProvider(next)}>
          {t("single", { name: provider.name })}
        </Button>
      )}
      {demo && (
        <DemoAccounts
          accounts={demo.accounts}
          password={demo.password}
          busy={busy}
          onChoose={(username) => void enter(username, demo.password)}
        />
      )}
    </>
  );
}

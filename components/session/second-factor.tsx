"use client";

import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useState, type FormEvent } from "react";
import { CommandDialog } from "@/components/command/command-dialog";
import { FailureNote } from "@/components/command/failure-note";
import { useCommand } from "@/components/command/use-command";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import {
  beginFactor,
  confirmFactor,
  makeRecoveryCodes,
  removeFactor,
} from "@/lib/features/session/client";
import type { SecondFactor as View } from "@/lib/features/session/schema";
import { CodeField } from "./code-field";
import { OtpDevice } from "./otp-device";
import deviceStyles from "./otp-device.module.css";
import styles from "./password-form.module.css";
import { RecoveryCodes } from "./recovery-codes";

const codeOf = (data: FormData) => ({ code: String(data.get("code") ?? "").trim() });

type OnCodes = (codes: string[]) => void;

/** Makes a device known, and asks for its first code. */
function Enrol({ onCodes }: { onCodes: OnCodes }) {
  const t = useTranslations("account.factor");
  const [began, setBegan] = useState<{ secret: string; address: string } | null>(null);
  const { busy, failure, errorOf, run } = useCommand();

  async function begin() {
    const outcome = await run((send) => send(beginFactor, { body: {} }));
    if (outcome.ok) setBegan(outcome.answer);
  }

  async function confirm(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const body = codeOf(new FormData(event.currentTarget));
    const outcome = await run((send) => send(confirmFactor, { body }));
    if (outcome.ok) onCodes(outcome.answer.recoveryCodes);
  }

  if (!began)
    return (
      <>
        <FailureNote failure={failure} />
        <div>
          <Button variant="primary" busy={busy} onClick={() => void begin()}>
            {t("begin")}
          </Button>
        </div>
      </>
    );
  return (
    <form className={styles.form} onSubmit={(event) => void confirm(event)} noValidate>
      <OtpDevice {...began} />
      <CodeField label={t("code")} hint={t("codeHint")} error={errorOf("code")} focused />
      {!errorOf("code") && <FailureNote failure={failure} />}
      <div>
        <Button type="submit" variant="primary" busy={busy}>
          {t("confirm")}
        </Button>
      </div>
    </form>
  );
}

type Asking = "codes" | "remove";

function AskDialog({
  what,
  onClose,
  onCodes,
}: {
  what: Asking;
  onClose: () => void;
  onCodes: OnCodes;
}) {
  const t = useTranslations("account.factor");
  const command = useCommand();

  async function go(data: FormData) {
    const body = codeOf(data);
    if (what === "remove") {
      const removed = await command.run((send) => send(removeFactor, { body }));
      if (removed.ok) window.location.assign("/sign-in?reason=factor-changed");
      return;
    }
    const made = await command.run((send) => send(makeRecoveryCodes, { body }));
    if (made.ok) onCodes(made.answer.recoveryCodes);
  }

  return (
    <CommandDialog
      command={command}
      title={t(`${what}Ask`)}
      confirm={t(`${what}Do`)}
      tone={what === "remove" ? "danger" : "primary"}
      onClose={onClose}
      onConfirm={(data) => void go(data)}
    >
      <p>{t(`${what}Lead`)}</p>
      <CodeField
        label={t("code")}
        hint={t("codeOrRecovery")}
        error={command.errorOf("code")}
        focused
      />
    </CommandDialog>
  );
}

/** One's own second factor: made known, its recovery codes, removed. */
export function SecondFactor({ view, username }: { view: View; username: string }) {
  const t = useTranslations("account.factor");
  const router = useRouter();
  const [asking, setAsking] = useState<Asking | null>(null);
  const [codes, setCodes] = useState<string[] | null>(null);
  const { confirmed, rule, recoveryCodesLeft } = view;

  return (
    <div className={styles.form}>
      <p className="quiet">{t("lead")}</p>
      {!confirmed && rule !== "off" && (
        <Callout tone="info">{t(rule === "required" ? "required" : "asked")}</Callout>
      )}
      {confirmed && recoveryCodesLeft === 0 && <Callout tone="warning">{t("noCodes")}</Callout>}
      {confirmed ? (
        <>
          <p>{t("on", { left: recoveryCodesLeft })}</p>
          <div className={deviceStyles.buttons}>
            <Button onClick={() => setAsking("codes")}>{t("codesDo")}</Button>
            <Button variant="danger" onClick={() => setAsking("remove")}>
              {t("removeDo")}
            </Button>
          </div>
        </>
      ) : (
        <Enrol onCodes={setCodes} />
      )}
      {asking && (
        <AskDialog
          what={asking}
          onClose={() => setAsking(null)}
          onCodes={(made) => {
            setAsking(null);
            setCodes(made);
          }}
        />
      )}
      {codes && (
        <RecoveryCodes
          username={username}
          codes={codes}
          onClose={() => {
            setCodes(null);
            router.refresh();
          }}
        />
      )}
    </div>
  );
}

"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { FailureNote } from "@/components/command/failure-note";
import { useCommand } from "@/components/command/use-command";
import { Button } from "@/components/ui/button";
import { createAdminRequest } from "@/lib/features/admin-requests/client";
import { liftFactor, resetPassword, updateUser } from "@/lib/features/admin/client";
import { isFarReaching } from "@/lib/features/admin/policy";
import type { AdminUser } from "@/lib/features/admin/schema";
import styles from "./admin.module.css";
import type { NewPassword } from "./password-once";
import { useName } from "./words";

type Props = {
  user: AdminUser;
  onChanged: (user: AdminUser) => void;
  onPassword: (given: NewPassword) => void;
  onAsked: () => void;
};

type Asking = { note: string; question: string; label: string; busy: boolean; onSure: () => void };

/** What cannot be taken back by one more click: the first one says whose account it is and what comes of it. */
function AskFirst({ note, question, label, busy, onSure }: Asking) {
  const t = useTranslations("admin");
  const [asked, setAsked] = useState(false);

  function press() {
    setAsked(!asked);
    if (asked) onSure();
  }

  return (
    <>
      <p className="quiet" role="status">
        {asked ? question : note}
      </p>
      <div className={styles.buttons}>
        <Button variant={asked ? "danger" : "secondary"} busy={busy} onClick={press}>
          {label}
        </Button>
        {asked && <Button onClick={() => setAsked(false)}>{t("cancel")}</Button>}
      </div>
    </>
  );
}

export function UserSecurity({ user, onChanged, onPassword, onAsked }: Props) {
  const t = useTranslations("admin");
  const whose = { name: useName()(user), username: user.username };
  const { busy, failure, run } = useCommand();

  async function ask(kind: "reset-password" | "enable-account" | "lift-factor") {
    const body = { kind, user: user.id };
    if ((await run((send) => send(createAdminRequest, { body }))).ok) onAsked();
  }

  async function setActive(active: boolean) {
    if (active && isFarReaching(user)) return ask("enable-account");
    const body = { version: user.version, active };
    const outcome = await run((send) => send(updateUser, { id: user.id, body }));
    if (outcome.ok) onChanged(outcome.answer);
  }

  async function reset() {
    if (isFarReaching(user)) return ask("reset-password");
    const outcome = await run((send) => send(resetPassword, { id: user.id, body: {} }));
    if (!outcome.ok) return;
    onPassword({ username: user.username, password: outcome.answer.password });
  }

  async function lift() {
    if (isFarReaching(user)) return ask("lift-factor");
    const outcome = await run((send) => send(liftFactor, { id: user.id, body: {} }));
    if (outcome.ok) onChanged(outcome.answer);
  }

  return (
    <section className={styles.part} aria-labelledby="user-security">
      <h3 id="user-security" className={styles.partTitle}>
        {t("users.security")}
      </h3>
      <FailureNote failure={failure} />
      {isFarReaching(user) && <p className="quiet">{t("users.byTwo")}</p>}
      <AskFirst
        note={t("users.resetNote")}
        question={t("users.resetConfirm", whose)}
        label={t("users.reset")}
        busy={busy}
        onSure={() => void reset()}
      />
      {user.secondFactor && (
        <AskFirst
          note={t("users.liftNote")}
          question={t("users.liftConfirm", whose)}
          label={t("users.lift")}
          busy={busy}
          onSure={() => void lift()}
        />
      )}
      {user.active ? (
        <AskFirst
          note={t("users.disableNote")}
          question={t("users.disableConfirm", whose)}
          label={t("users.disable")}
          busy={busy}
          onSure={() => void setActive(false)}
        />
      ) : (
        <div>
          <Button busy={busy} onClick={() => void setActive(true)}>
            {t("users.enable")}
          </Button>
        </div>
      )}
    </section>
  );
}

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

type Props = {
  user: AdminUser;
  onChanged: (user: AdminUser) => void;
  onPassword: (given: NewPassword) => void;
  onAsked: () => void;
};

export function UserSecurity({ user, onChanged, onPassword, onAsked }: Props) {
  const t = useTranslations("admin");
  const [asked, setAsked] = useState(false);
  const [lifting, setLifting] = useState(false);
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
    if (!asked) return setAsked(true);
    setAsked(false);
    if (isFarReaching(user)) return ask("reset-password");
    const outcome = await run((send) => send(resetPassword, { id: user.id, body: {} }));
    if (!outcome.ok) return;
    onPassword({ username: user.username, password: outcome.answer.password });
  }

  async function lift() {
    if (!lifting) return setLifting(true);
    setLifting(false);
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
      <p className="quiet">
        {asked ? t("users.resetConfirm", { username: user.username }) : t("users.resetNote")}
      </p>
      <div className={styles.buttons}>
        <Button variant={asked ? "danger" : "secondary"} busy={busy} onClick={() => void reset()}>
          {t("users.reset")}
        </Button>
        {asked && <Button onClick={() => setAsked(false)}>{t("cancel")}</Button>}
      </div>
      {user.secondFactor && (
        <>
          <p className="quiet">
            {lifting ? t("users.liftConfirm", { username: user.username }) : t("users.liftNote")}
          </p>
          <div className={styles.buttons}>
            <Button
              variant={lifting ? "danger" : "secondary"}
              busy={busy}
              onClick={() => void lift()}
            >
              {t("users.lift")}
            </Button>
            {lifting && <Button onClick={() => setLifting(false)}>{t("cancel")}</Button>}
          </div>
        </>
      )}
      <p className="quiet">{t("users.disableNote")}</p>
      <div>
        <Button
          variant={user.active ? "danger" : "secondary"}
          busy={busy}
          onClick={() => void setActive(!user.active)}
        >
          {user.active ? t("users.disable") : t("users.enable")}
        </Button>
      </div>
    </section>
  );
}

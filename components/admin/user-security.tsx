"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { FailureNote } from "@/components/command/failure-note";
import { useCommand } from "@/components/command/use-command";
import { Button } from "@/components/ui/button";
import { resetPassword, updateUser } from "@/lib/features/admin/client";
import type { AdminUser } from "@/lib/features/admin/schema";
import styles from "./admin.module.css";
import type { NewPassword } from "./password-once";

type Props = {
  user: AdminUser;
  onChanged: (user: AdminUser) => void;
  onPassword: (given: NewPassword) => void;
};

export function UserSecurity({ user, onChanged, onPassword }: Props) {
  const t = useTranslations("admin");
  const [asked, setAsked] = useState(false);
  const { busy, failure, run } = useCommand();

  async function setActive(active: boolean) {
    const body = { version: user.version, active };
    const outcome = await run((send) => send(updateUser, { id: user.id, body }));
    if (outcome.ok) onChanged(outcome.answer);
  }

  async function reset() {
    if (!asked) return setAsked(true);
    setAsked(false);
    const outcome = await run((send) => send(resetPassword, { id: user.id, body: {} }));
    if (!outcome.ok) return;
    onPassword({ username: user.username, password: outcome.answer.password });
  }

  return (
    <section className={styles.part} aria-labelledby="user-security">
      <h3 id="user-security" className={styles.partTitle}>
        {t("users.security")}
      </h3>
      <FailureNote failure={failure} />
      <p className="quiet">
        {asked ? t("users.resetConfirm", { username: user.username }) : t("users.resetNote")}
      </p>
      <div className={styles.buttons}>
        <Button variant={asked ? "danger" : "secondary"} busy={busy} onClick={() => void reset()}>
          {t("users.reset")}
        </Button>
        {asked && <Button onClick={() => setAsked(false)}>{t("cancel")}</Button>}
      </div>
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

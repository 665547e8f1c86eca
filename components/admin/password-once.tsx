"use client";

import { Copy } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Dialog } from "@/components/ui/dialog";
import styles from "./admin.module.css";

export type NewPassword = { username: string; password: string };

export function PasswordOnce({
  username,
  password,
  onClose,
}: NewPassword & { onClose: () => void }) {
  const t = useTranslations("admin");
  const [copied, setCopied] = useState(false);

  async function copy() {
    // on plain http there is no clipboard; the text can still be selected
    await navigator.clipboard?.writeText(password).then(
      () => setCopied(true),
      () => undefined,
    );
  }

  return (
    <Dialog
      shownOnce
      onClose={onClose}
      title={t("users.passwordTitle", { username })}
      actions={
        <Button variant="primary" onClick={onClose}>
          {t("close")}
        </Button>
      }
    >
      <div className={styles.form}>
        <p className={styles.password}>
          <span>{password}</span>
          <Button size="small" icon={<Copy aria-hidden />} onClick={() => void copy()}>
            {copied ? t("users.copied") : t("users.copy")}
          </Button>
        </p>
        <Callout tone="warning">{t("users.passwordNote")}</Callout>
      </div>
    </Dialog>
  );
}

"use client";

import { Copy } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Dialog } from "@/components/ui/dialog";
import styles from "./admin.module.css";

export type OncePassword = { username: string; password: string };

export function PasswordOnce({
  once,
  onClose,
}: {
  once: OncePassword | null;
  onClose: () => void;
}) {
  const t = useTranslations("admin");
  const [copied, setCopied] = useState(false);

  async function copy(text: string) {
    // on plain http there is no clipboard; the text can still be selected
    await navigator.clipboard?.writeText(text).then(
      () => setCopied(true),
      () => undefined,
    );
  }

  function close() {
    setCopied(false);
    onClose();
  }

  return (
    <Dialog
      open={once !== null}
      onClose={close}
      title={once ? t("users.passwordTitle", { username: once.username }) : ""}
      actions={
        <Button variant="primary" onClick={close}>
          {t("close")}
        </Button>
      }
    >
      {once && (
        <div className={styles.form}>
          <p className={styles.password}>
            <span>{once.password}</span>
            <Button
              size="small"
              icon={<Copy aria-hidden />}
              onClick={() => void copy(once.password)}
            >
              {copied ? t("users.copied") : t("users.copy")}
            </Button>
          </p>
          <Callout tone="warning">{t("users.passwordNote")}</Callout>
        </div>
      )}
    </Dialog>
  );
}

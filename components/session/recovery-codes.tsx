"use client";

import { useTranslations } from "next-intl";
import { Callout } from "@/components/ui/callout";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import styles from "./otp-device.module.css";

type Props = { username: string; codes: readonly string[]; onClose: () => void };

export function RecoveryCodes({ username, codes, onClose }: Props) {
  const t = useTranslations("account.factor");
  const text = [t("fileHead", { username }), "", ...codes, ""].join("\r\n");
  return (
    <Dialog
      shownOnce
      onClose={onClose}
      title={t("codesTitle")}
      actions={
        <Button variant="primary" onClick={onClose}>
          {t("codesKept")}
        </Button>
      }
    >
      <div className={styles.device}>
        <Callout tone="warning">{t("codesNote")}</Callout>
        <ul className={styles.codes}>
          {codes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </ul>
        <p>
          <a
            download={t("fileName", { username })}
            href={`data:text/plain;charset=utf-8,${encodeURIComponent(`\uFEFF${text}`)}`}
          >
            {t("download")}
          </a>
        </p>
      </div>
    </Dialog>
  );
}

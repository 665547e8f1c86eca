"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { attachmentHref } from "@/lib/features/attachments/address";
import styles from "./attachments.module.css";

/** Fetched as a download, shown out of memory, and forgotten with the page. */
export function EvidencePicture({ id, name }: { id: string; name: string }) {
  const t = useTranslations("attachments");
  const [shown, setShown] = useState<string | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    const leaving = new AbortController();
    let address: string | null = null;
    fetch(attachmentHref(id), { signal: leaving.signal, cache: "no-store" })
      .then(async (answer) => {
        if (!answer.ok) throw new Error(String(answer.status));
        address = URL.createObjectURL(await answer.blob());
        if (leaving.signal.aborted) URL.revokeObjectURL(address);
        else setShown(address);
      })
      .catch(() => {
        if (!leaving.signal.aborted) setFailed(true);
      });
    return () => {
      leaving.abort();
      if (address) URL.revokeObjectURL(address);
    };
  }, [id]);
  if (failed) return <p role="alert">{t("failed")}</p>;
  if (shown === null) return <p aria-live="polite">{t("row.loading")}</p>;
  // out of memory: no server draws it smaller
  // eslint-disable-next-line @next/next/no-img-element
  return <img className={styles.picture} src={shown} alt={name} />;
}

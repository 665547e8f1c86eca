"use client";

import { FileUp } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Field } from "@/components/form/field";
import { MAX_FILE_BYTES } from "@/lib/features/imports/types";
import styles from "./imports.module.css";

/** 34 KB, 1.2 MB: never 0. */
const sizeOf = (bytes: number): string =>
  bytes < 1_000_000
    ? `${Math.max(1, Math.round(bytes / 1024))} KB`
    : `${(bytes / 1024 / 1024).toFixed(1)} MB`;

export const isTooLarge = (file: File | null): boolean => (file?.size ?? 0) > MAX_FILE_BYTES;

/** A file by dragging it here or by choosing it. The input lies over the whole area: mouse, keyboard and drop are its own. */
export function FileChoice({
  file,
  pick,
  error,
}: {
  file: File | null;
  pick: (file: File | undefined) => void;
  error: string | undefined;
}) {
  const t = useTranslations("imports.upload");
  const [over, setOver] = useState(false);
  const tooLarge = file && isTooLarge(file) ? t("tooLarge", { size: sizeOf(file.size) }) : undefined; // prettier-ignore
  return (
    <Field label={t("file")} hint={t("limits")} error={tooLarge ?? error} required>
      {(control) => (
        <div
          className={styles.drop}
          data-over={over ? "" : undefined}
          onDragEnter={() => setOver(true)}
          onDragLeave={() => setOver(false)}
          onDrop={() => setOver(false)}
        >
          <input
            {...control}
            type="file"
            className={styles.file}
            accept=".xlsx,.csv,.txt"
            title={file?.name ?? t("choose")}
            aria-describedby={[control["aria-describedby"], `${control.id}-chosen`].filter(Boolean).join(" ")} // prettier-ignore
            onChange={(event) => pick(event.target.files?.[0])}
          />
          <span className={styles.choose} aria-hidden>
            <FileUp size={16} />
            {t(file ? "chooseOther" : "choose")}
          </span>
          <span id={`${control.id}-chosen`} className={file ? styles.picked : styles.quiet}>
            {file ? t("chosen", { name: file.name, size: sizeOf(file.size) }) : t("drop")}
          </span>
        </div>
      )}
    </Field>
  );
}

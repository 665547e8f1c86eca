"use client";

import { FileUp } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { FieldProps } from "./field";
import styles from "./file-input.module.css";

/** 34 KB, 1.2 MB: never 0. */
export const sizeOf = (bytes: number): string =>
  bytes < 1_000_000
    ? `${Math.max(1, Math.round(bytes / 1024))} KB`
    : `${(bytes / 1024 / 1024).toFixed(1)} MB`;

type FileInputProps = Parameters<FieldProps["children"]>[0] & {
  /** What was chosen, as long as it counts. */
  file: File | null;
  pick: (file: File | undefined) => void;
  accept: string;
};

/**
 * A file by dragging it here or by choosing it. The input lies unseen over the whole area: mouse, keyboard and drop are
 * its own; what was chosen is said beside the button.
 */
export function FileInput({ file, pick, accept, ...control }: FileInputProps) {
  const t = useTranslations("common.file");
  const [over, setOver] = useState(false);
  const said = `${control.id}-chosen`;
  return (
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
        accept={accept}
        title={file?.name ?? t("choose")}
        aria-describedby={[control["aria-describedby"], said].filter(Boolean).join(" ")}
        onChange={(event) => pick(event.target.files?.[0])}
      />
      <span className={styles.choose} aria-hidden>
        <FileUp size={16} />
        {t(file ? "chooseOther" : "choose")}
      </span>
      <span id={said} className={file ? styles.picked : styles.quiet}>
        {file ? t("chosen", { name: file.name, size: sizeOf(file.size) }) : t("drop")}
      </span>
    </div>
  );
}

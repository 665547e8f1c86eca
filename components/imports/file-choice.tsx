"use client";

import { useTranslations } from "next-intl";
import { Field } from "@/components/form/field";
import { FileInput, sizeOf } from "@/components/form/file-input";
import { MAX_FILE_BYTES } from "@/lib/features/imports/types";

export const isTooLarge = (file: File | null): boolean => (file?.size ?? 0) > MAX_FILE_BYTES;

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
  const tooLarge = file && isTooLarge(file) ? t("tooLarge", { size: sizeOf(file.size) }) : undefined; // prettier-ignore
  return (
    <Field label={t("file")} hint={t("limits")} error={tooLarge ?? error} required>
      {(control) => <FileInput {...control} file={file} pick={pick} accept=".xlsx,.csv,.txt" />}
    </Field>
  );
}

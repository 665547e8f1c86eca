"use client";

import { useTranslations } from "next-intl";
import type { RightsRequest } from "@/lib/features/rights/types";

/** What a request is about, by its number. */
export function useSubject() {
  const t = useTranslations("rights");
  return ({ file, line }: Pick<RightsRequest, "file" | "line">): string =>
    file
      ? t("fileOf", { code: file.code })
      : line
        ? t("lineOf", { reference: line.reference, no: line.no })
        : "";
}

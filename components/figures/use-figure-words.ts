import { useTranslations } from "next-intl";
import type { FigureWords } from "@/lib/features/figures/types";
import type { Presentation } from "./presentation";

/** The words figures are written with, for the reader of this page. */
export function useFigureWords({ locale, unit }: Presentation): FigureWords {
  return {
    locale,
    unit,
    dashboard: useTranslations("dashboard"),
    labels: useTranslations("labels"),
    common: useTranslations("common"),
  };
}

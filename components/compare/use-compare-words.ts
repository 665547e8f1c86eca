import { useTranslations } from "next-intl";
import type { Presentation } from "@/components/figures/presentation";
import { useFigureWords } from "@/components/figures/use-figure-words";
import type { CompareWords } from "@/lib/features/compare/types";

export function useCompareWords(show: Presentation): CompareWords {
  return { ...useFigureWords(show), compare: useTranslations("compare") };
}

import { useTranslations } from "next-intl";
import type { Presentation } from "@/components/figures/presentation";
import { useFigureWords } from "@/components/figures/use-figure-words";
import type { CrossWords } from "@/lib/features/cross/types";

export function useCrossWords(show: Presentation): CrossWords {
  return { ...useFigureWords(show), cross: useTranslations("cross") };
}

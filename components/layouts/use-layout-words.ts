import { useTranslations } from "next-intl";
import { useCrossWords } from "@/components/cross/use-cross-words";
import type { Presentation } from "@/components/figures/presentation";
import type { LayoutWords } from "@/lib/features/layouts/types";

export function useLayoutWords(show: Presentation): LayoutWords {
  return { ...useCrossWords(show), layouts: useTranslations("layouts") };
}

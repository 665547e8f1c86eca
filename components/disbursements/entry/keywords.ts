import type { Coded } from "@/lib/features/reference/types";
import { pinyinInitials } from "@/lib/kernel/pinyin-initials";

/** A name is found by pinyin initials, code, or its name in the other language. */
export function keywordsOf({ code, nameZh, nameEn }: Coded): string {
  return `${pinyinInitials(nameZh).join(" ")} ${code} ${nameEn} ${nameZh}`;
}

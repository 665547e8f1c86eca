import { useTranslations } from "next-intl";
import { subjectOf } from "@/lib/features/audit/present";
import type { AuditEntry } from "@/lib/features/audit/schema";

type Key = Parameters<ReturnType<typeof useTranslations<"audit">>["has"]>[0];

/** What was done, in plain words; an action without words of its own shows its code. */
export function useSentence(): (entry: AuditEntry) => string {
  const t = useTranslations("audit");
  return (entry) => {
    const key = `did.${entry.action}` as Key;
    const subject = subjectOf(entry);
    return t.has(key)
      ? t(key as "did.user.create", { subject })
      : t("other", { action: entry.action, subject });
  };
}

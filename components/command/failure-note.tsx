"use client";

import { useTranslations } from "next-intl";
import { usePathname } from "next/navigation";
import { Callout } from "@/components/ui/callout";
import type { Failure } from "@/lib/browser/api-client";

/** What the server refused, in a sentence; faults of single fields stand beside them. */
export function FailureNote({ failure }: { failure: Failure | null }) {
  const t = useTranslations("errors");
  const next = usePathname();
  if (!failure) return null;
  const about = failure.fieldErrors["Idempotency-Key"]?.join(" ");
  return (
    <Callout
      tone="danger"
      live
      actions={
        failure.code === "UNAUTHENTICATED" && (
          // Beside this page, not in its place: what was typed here would be gone.
          <a href={`/sign-in?next=${encodeURIComponent(next)}`} target="_blank" rel="noreferrer">
            {t("signIn")}
          </a>
        )
      }
    >
      {about ?? t(`code.${failure.code}`)}
      {/* said once, of what stands elsewhere: no field of this page and no later reading of it says it again */}
      {failure.fieldErrors["roster"]?.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
    </Callout>
  );
}

"use client";

import { useTranslations } from "next-intl";
import { Callout } from "@/components/ui/callout";
import type { Failure } from "@/lib/browser/api-client";

/** What the server refused, in a sentence; faults of single fields stand beside them. */
export function FailureNote({ failure }: { failure: Failure | null }) {
  const t = useTranslations("errors.code");
  if (!failure) return null;
  return (
    <Callout tone="danger" live>
      {t(failure.code)}
    </Callout>
  );
}

"use client";

import { useTranslations } from "next-intl";
import { Callout } from "@/components/ui/callout";
import { formAddress } from "@/lib/features/working-copies/address";
import type { CopyKind } from "@/lib/kernel/wire";
import type { KeeperState } from "./copy-keeper";

/** What became of keeping a form, where it needs a word. */
export function KeptNotices({
  kept,
  kind,
  subject,
}: {
  kept: KeeperState;
  kind: CopyKind;
  subject: string | null;
}) {
  const t = useTranslations("entry.notice");
  const errors = useTranslations("errors.code");
  return (
    <>
      {kept.forkedFrom !== null && (
        <Callout
          tone="warning"
          live
          title={t("forkedTitle")}
          actions={
            <a
              href={formAddress({ kind, subject }, kept.forkedFrom)}
              target="_blank"
              rel="noreferrer"
            >
              {t("openOther")}
            </a>
          }
        >
          {t("forked")}
        </Callout>
      )}
      {kept.failure === "CONFLICT" && (
        <Callout tone="warning" live>
          {t("full")}
        </Callout>
      )}
      {kept.failure === "PERSON" && (
        <Callout tone="danger" live>
          {errors("PERSON")}
        </Callout>
      )}
    </>
  );
}

"use client";

import { useLocale, useTranslations } from "next-intl";
import { useSearchParams } from "next/navigation";
import { CopyGate } from "@/components/disbursements/entry/copy-gate";
import { useVisit } from "@/components/disbursements/entry/use-visit";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import type { EntryView } from "@/lib/features/disbursements/types";
import { namesOf } from "@/lib/features/reference/present";
import type { Locale } from "@/lib/kernel/preferences";
import { GridSheet } from "./grid-sheet";

const HERE = "/entry/grid";

export function GridPage({ view }: { view: EntryView }) {
  const t = useTranslations("grid");
  const locale = useLocale() as Locale;
  const { userId, reference, organisations } = view;
  const { visit, onAddress } = useVisit(true, HERE);
  const copyId = useSearchParams().get("copy");
  const home = organisations[0] ?? "";
  return (
    <div className="stack">
      <PageHeader
        title={t("title")}
        lead={t("lead", { organisation: namesOf(reference, locale).organisation(home) })}
        actions={<LinkButton href="/entry">{t("oneByOne")}</LinkButton>}
      />
      <CopyGate key={visit} userId={userId} kind="grid" copyId={copyId} recordId={null}>
        {({ copy, live }) => (
          <GridSheet view={view} home={home} copy={copy} live={live} onAddress={onAddress} />
        )}
      </CopyGate>
    </div>
  );
}

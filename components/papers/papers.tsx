"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { FailureNote } from "@/components/command/failure-note";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { failureOf, type Failure } from "@/lib/browser/api-client";
import { getPapers } from "@/lib/features/papers/client";
import type { Papers as Made } from "@/lib/features/papers/types";
import { Notices } from "./notices";
import { Receipts } from "./receipts";
import { SignSheets } from "./sign-sheets";

type Asked = { id: string; papers: Made | null; failure: Failure | null };

/** Asks for what was made itself: what somebody said against a notice stands in no page. */
export function Papers({ id, today }: { id: string; today: string }) {
  const t = useTranslations("papers");
  const [asked, setAsked] = useState<Asked>({ id, papers: null, failure: null });
  useEffect(() => {
    const leaving = new AbortController();
    getPapers(id, leaving.signal).then(
      (papers) => setAsked({ id, papers, failure: null }),
      (error: unknown) => {
        if (!leaving.signal.aborted) setAsked({ id, papers: null, failure: failureOf(error) });
      },
    );
    return () => leaving.abort();
  }, [id]);
  const { papers, failure } = asked;
  if (failure) return <FailureNote failure={failure} />;
  if (!papers || asked.id !== id) return <p aria-live="polite">{t("loading")}</p>;
  if (papers.lines === 0)
    return (
      <EmptyState
        title={t("empty")}
        action={<LinkButton href={`/disbursements/${id}/roster`}>{t("toRoster")}</LinkButton>}
      >
        {t("emptyHint")}
      </EmptyState>
    );
  const changed = (next: Made) => setAsked({ id, papers: next, failure: null });
  return (
    <div className="stack">
      <SignSheets papers={papers} onChange={changed} />
      <Receipts papers={papers} />
      <Notices papers={papers} today={today} onChange={changed} />
    </div>
  );
}

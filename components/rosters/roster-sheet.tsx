"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { FailureNote } from "@/components/command/failure-note";
import { Callout } from "@/components/ui/callout";
import { EmptyState } from "@/components/ui/empty-state";
import { later } from "@/components/ui/later";
import { failureOf, type Failure } from "@/lib/browser/api-client";
import { getRoster } from "@/lib/features/rosters/client";
import type { Roster } from "@/lib/features/rosters/types";
import { PaymentsPanel } from "@/components/payments/payments-panel";
import { RevealPanel } from "@/components/reveals/reveal-panel";
import { RosterLines } from "./roster-lines";
import { RosterSumsLine } from "./roster-sums";

const RosterEditor = later(() => import("./roster-editor").then((part) => part.RosterEditor));

type Asked = { id: string; roster: Roster | null; failure: Failure | null };

/** Asks for the lines itself: what is known of people stands in no page, and is gone when it is left. */
export function RosterSheet({ id, today }: { id: string; today: string }) {
  const t = useTranslations("rosters");
  const [asked, setAsked] = useState<Asked>({ id, roster: null, failure: null });
  const [times, setTimes] = useState(1);
  useEffect(() => {
    const leaving = new AbortController();
    getRoster(id, leaving.signal).then(
      (roster) => setAsked({ id, roster, failure: null }),
      (error: unknown) => {
        if (!leaving.signal.aborted) setAsked({ id, roster: null, failure: failureOf(error) });
      },
    );
    return () => leaving.abort();
  }, [id, times]);
  const { roster, failure } = asked;
  if (failure) return <FailureNote failure={failure} />;
  if (!roster || asked.id !== id) return <p aria-live="polite">{t("loading")}</p>;
  if (roster.editable) return <RosterEditor key={id} roster={roster} today={today} />;
  if (roster.sums.lines === 0) return <EmptyState title={t("empty")}>{t("emptyHint")}</EmptyState>;
  return (
    <div className="stack">
      <p className="quiet">{t(`claims.${roster.claims}`)}</p>
      <RosterSumsLine sums={roster.sums} recorded={roster.recorded} />
      {roster.payments && (
        <PaymentsPanel
          roster={{ ...roster, payments: roster.payments }}
          mayPost={roster.postable}
          today={today}
          onPosted={() => setTimes(times + 1)}
        />
      )}
      {roster.revealable && <RevealPanel id={roster.id} lines={roster.sums.lines} />}
      {roster.lines === null ? (
        <Callout>{t("sumsOnly")}</Callout>
      ) : (
        <RosterLines record={roster.id} lines={roster.lines} />
      )}
    </div>
  );
}

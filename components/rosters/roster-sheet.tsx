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
import { RosterLines } from "./roster-lines";
import { RosterSumsLine } from "./roster-sums";

const RosterEditor = later(() => import("./roster-editor").then((part) => part.RosterEditor));

type Asked = { id: string; roster: Roster | null; failure: Failure | null };

/** Asks for the lines itself: what is known of people stands in no page, and is gone when it is left. */
export function RosterSheet({ id, today }: { id: string; today: string }) {
  const t = useTranslations("rosters");
  const [asked, setAsked] = useState<Asked>({ id, roster: null, failure: null });
  useEffect(() => {
    const leaving = new AbortController();
    getRoster(id, leaving.signal).then(
      (roster) => setAsked({ id, roster, failure: null }),
      (error: unknown) => {
        if (!leaving.signal.aborted) setAsked({ id, roster: null, failure: failureOf(error) });
      },
    );
    return () => leaving.abort();
  }, [id]);
  const { roster, failure } = asked;
  if (failure) return <FailureNote failure={failure} />;
  if (!roster || asked.id !== id) return <p aria-live="polite">{t("loading")}</p>;
  if (roster.editable) return <RosterEditor key={id} roster={roster} today={today} />;
  return (
    <div className="stack">
      <RosterSumsLine sums={roster.sums} recorded={roster.recorded} />
      {roster.sums.lines === 0 && <EmptyState title={t("empty")}>{t("emptyHint")}</EmptyState>}
      {roster.lines === null
        ? roster.sums.lines > 0 && <Callout>{t("sumsOnly")}</Callout>
        : roster.lines.length > 0 && <RosterLines lines={roster.lines} />}
    </div>
  );
}

"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { FailureNote } from "@/components/command/failure-note";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Pagination } from "@/components/ui/pagination";
import { failureOf, type Failure } from "@/lib/browser/api-client";
import { householdsHref } from "@/lib/features/households/address";
import { listHouseholds } from "@/lib/features/households/client";
import type { HouseholdPage, HouseholdsQuery } from "@/lib/features/households/types";
import { pageSteps } from "@/lib/kernel/search";
import { FindHousehold } from "./find-household";
import { HouseholdTable } from "./household-table";

type Asked = { page: HouseholdPage | null; failure: Failure | null };
type Props = {
  query: Partial<HouseholdsQuery>;
  trail: string | undefined;
  year: number;
  today: string;
};

/** What is sent: lists as the address has them. */
const asSent = ({ status, tier, cause, ...query }: Partial<HouseholdsQuery>) => ({
  ...query,
  ...(status ? { status: status.join(",") } : {}),
  ...(tier ? { tier: tier.join(",") } : {}),
  ...(cause ? { cause: cause.join(",") } : {}),
});

/** Asks for the files itself: names, masked as they are, stand in no page. */
export function HouseholdList({ query, trail, year, today }: Props) {
  const t = useTranslations("households");
  const [asked, setAsked] = useState<Asked>({ page: null, failure: null });
  const [found, setFound] = useState<HouseholdPage | null>(null);
  // what somebody did to a row is asked for anew
  const [round, setRound] = useState(0);
  const sent = JSON.stringify(asSent(query));
  useEffect(() => {
    const leaving = new AbortController();
    listHouseholds(JSON.parse(sent) as Record<string, string>, leaving.signal).then(
      (page) => setAsked({ page, failure: null }),
      (error: unknown) => {
        if (!leaving.signal.aborted) setAsked({ page: null, failure: failureOf(error) });
      },
    );
    return () => leaving.abort();
  }, [sent, round]);
  const { page, failure } = asked;
  const shown = found ?? page;
  const isQueue = query.due === "review";
  const steps = pageSteps({ cursor: query.cursor, trail }, page?.nextCursor ?? null);
  return (
    <Card
      title={isQueue ? t("list.queue", { year: String(year) }) : t("list.title")}
      note={isQueue ? t("list.queueLead") : undefined}
    >
      <div className="stack">
        <FindHousehold onFound={setFound} found={found} />
        <FailureNote failure={failure} />
        {!shown && !failure && <p aria-live="polite">{t("list.loading")}</p>}
        {shown && shown.items.length > 0 && (
          <HouseholdTable
            rows={shown.items}
            year={year}
            today={today}
            reviews={isQueue}
            onDone={() => setRound((before) => before + 1)}
          />
        )}
        {shown?.items.length === 0 && !found && (
          <EmptyState
            compact
            title={isQueue ? t("list.queueDone", { year: String(year) }) : t("list.empty")}
          >
            {!isQueue && t("list.emptyHint")}
          </EmptyState>
        )}
        {!found && (steps.previous !== null || steps.next !== null) && (
          <Pagination
            previousHref={steps.previous && householdsHref(withoutCursor(query), steps.previous)}
            nextHref={steps.next && householdsHref(withoutCursor(query), steps.next)}
          />
        )}
      </div>
    </Card>
  );
}

const withoutCursor = ({ cursor: _, ...query }: Partial<HouseholdsQuery>) => query;

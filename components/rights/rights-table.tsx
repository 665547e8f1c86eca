"use client";

import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import type { DataColumn } from "@/components/table/columns";
import { DataTable } from "@/components/table/data-table";
import { AppLink } from "@/components/ui/app-link";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { later } from "@/components/ui/later";
import { nameOf } from "@/lib/features/reference/present";
import type { RightsAction } from "@/lib/features/rights/labels";
import type { RightsAsked, RightsRequest } from "@/lib/features/rights/types";
import type { Locale } from "@/lib/kernel/preferences";
import { momentText } from "@/lib/kernel/written";
import { useSubject } from "./use-subject";

const AskDialog = later(() => import("./ask-dialog").then((part) => part.AskDialog));
const DecideDialog = later(() => import("./decide-dialog").then((part) => part.DecideDialog));

const TONE = { pending: "warning", confirmed: "success", declined: "neutral", withdrawn: "neutral" } as const; // prettier-ignore

type Deciding = { request: RightsRequest; action: RightsAction };
type Props = {
  items: RightsRequest[];
  organisations: Readonly<Record<string, string>>;
  places: readonly string[];
  asked: RightsAsked;
  today: string;
};

function useColumns(
  organisations: Props["organisations"],
  decide: (what: Deciding) => void,
): DataColumn<RightsRequest>[] {
  const t = useTranslations("rights");
  const subject = useSubject();
  const locale = useLocale() as Locale;
  return [
    {
      id: "request",
      header: t("column.request"),
      hideable: false,
      cell: ({ kind }) => t(`kind.${kind}`),
    },
    {
      id: "subject",
      header: t("column.subject"),
      hideable: false,
      cell: (request) =>
        request.line ? (
          <AppLink href={`/disbursements/${request.line.record}`}>{subject(request)}</AppLink>
        ) : (
          subject(request)
        ),
    },
    {
      id: "organisation",
      header: t("column.organisation"),
      cell: ({ organisation }) => organisations[organisation] ?? organisation,
    },
    { id: "reason", header: t("column.reason"), cell: ({ reason }) => t(`reasonOf.${reason}`) },
    {
      id: "asked",
      header: t("column.asked"),
      cell: ({ askedOn, requestedBy }) =>
        t("askedBy", { day: askedOn, name: nameOf(requestedBy, locale) }),
    },
    {
      id: "state",
      header: t("column.state"),
      cell: ({ state, decidedBy, decidedAt, rows }) => (
        <>
          <Badge tone={TONE[state]}>
            {decidedBy && decidedAt
              ? t("stateBy", { state: t(`state.${state}`), name: nameOf(decidedBy, locale), at: momentText(decidedAt) }) // prettier-ignore
              : t(`state.${state}`)}
          </Badge>
          {rows !== null && <span className="quiet"> {t("rows", { rows })}</span>}
        </>
      ),
    },
    {
      id: "actions",
      header: t("column.actions"),
      hideable: false,
      cell: (request) =>
        request.actions.map((action) => (
          <Button
            key={action}
            size="small"
            variant={action === "confirm" ? "primary" : "secondary"}
            onClick={() => decide({ request, action })}
          >
            {t(action)}
          </Button>
        )),
    },
  ];
}

/** What was asked for, and what this reader may do about it. */
export function RightsTable({ items, organisations, places, asked, today }: Props) {
  const t = useTranslations("rights");
  const subject = useSubject();
  const [deciding, setDeciding] = useState<Deciding | null>(null);
  const [asking, setAsking] = useState(asked.file !== null || asked.record !== null);
  const columns = useColumns(organisations, setDeciding);
  return (
    <>
      <DataTable
        id="rights"
        caption={t("caption")}
        columns={columns}
        rows={items}
        rowId={({ id }) => id}
        rowName={(request) => `${t(`kind.${request.kind}`)} ${subject(request)}`}
        toolbar={
          places.length > 0 && (
            <Button variant="primary" size="small" onClick={() => setAsking(true)}>
              {t("ask")}
            </Button>
          )
        }
        empty={<EmptyState title={t("empty")}>{t("emptyHint")}</EmptyState>}
      />
      {asking && places.length > 0 && (
        <AskDialog
          asked={asked}
          places={places.map((code) => ({ value: code, label: organisations[code] ?? code }))}
          today={today}
          onClose={() => setAsking(false)}
        />
      )}
      {deciding && <DecideDialog {...deciding} onClose={() => setDeciding(null)} />}
    </>
  );
}

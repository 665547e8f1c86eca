"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { useCommand } from "@/components/command/use-command";
import { FailureNote } from "@/components/command/failure-note";
import type { FigureCell } from "@/components/table/figure-cell";
import { FigureTable } from "@/components/table/figure-table";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { later } from "@/components/ui/later";
import { useToast } from "@/components/ui/toast";
import { householdHref } from "@/lib/features/households/address";
import { addHouseholdEvent } from "@/lib/features/households/client";
import type { EventKind } from "@/lib/features/households/labels";
import type { HouseholdRow } from "@/lib/features/households/types";
import { STATUS_TONE, useWords } from "./use-words";
import styles from "./households.module.css";

const EventDialog = later(() => import("./event-dialog").then((part) => part.EventDialog));

type Props = { rows: readonly HouseholdRow[]; year: number; today: string; onDone: () => void };

/** What the yearly look comes to: as last year, another tier, or out of hardship. */
function Review({ row, year, today, onDone }: Omit<Props, "rows"> & { row: HouseholdRow }) {
  const t = useTranslations("households.list");
  const { say } = useWords();
  const command = useCommand();
  const toast = useToast();
  const [asking, setAsking] = useState<EventKind | null>(null);

  async function confirm() {
    const { id, version, tier } = row;
    const body = { version, kind: "tier", on: today, year, tier } as const;
    const outcome = await command.run((send) => send(addHouseholdEvent, { id, body }));
    if (outcome.ok || outcome.decided) onDone();
    if (outcome.ok) toast(t("confirmed", { code: row.code, tier: say("tier")(tier) }));
  }

  return (
    <span className={styles.acts}>
      <Button size="small" busy={command.busy} onClick={() => void confirm()}>
        {t("confirm")}
      </Button>
      <Button size="small" variant="quiet" onClick={() => setAsking("tier")}>
        {t("change")}
      </Button>
      <Button size="small" variant="quiet" onClick={() => setAsking("lifted")}>
        {t("lift")}
      </Button>
      <FailureNote failure={command.failure} />
      {asking && (
        <EventDialog
          file={row}
          kinds={[asking]}
          today={today}
          onClose={() => setAsking(null)}
          onDone={onDone}
        />
      )}
    </span>
  );
}

function Due({ row, today }: { row: HouseholdRow; today: string }) {
  const t = useTranslations("households.list");
  const { reviewDue, followUpOn } = row;
  return (
    <>
      {reviewDue && <Badge tone="warning">{t("reviewDue")}</Badge>}
      {followUpOn !== null && !row.forgotten && (
        <div className={styles.quiet}>
          {followUpOn <= today
            ? t("late", { date: followUpOn })
            : t("followUp", { date: followUpOn })}
        </div>
      )}
    </>
  );
}

export function HouseholdTable({
  rows,
  year,
  today,
  onDone,
  reviews = false,
}: Props & { reviews?: boolean }) {
  // prettier-ignore
  const t = useTranslations("households.list");
  const { say } = useWords();
  // in the queue what is to be done comes first, so that a phone shows it
  const order = reviews ? QUEUE : LIST;
  return (
    <FigureTable
      caption={t("caption")}
      framed={false}
      columns={order.map((id) => ({
        id,
        header: t(id),
        align: id === "members" ? ("end" as const) : ("start" as const),
      }))}
      rows={rows.map((row) => {
        const cells: Record<Column, FigureCell> = {
          code: { value: <span className="nowrap">{row.code}</span>, href: householdHref(row.id) },
          holder: (
            <span className="nowrap">{row.holder ?? t(row.forgotten ? "forgotten" : "noKey")}</span>
          ),
          tier: t("tierOf", { tier: say("tier")(row.tier), year: String(row.tierYear) }),
          cause: say("cause")(row.cause),
          members: row.members,
          status: <Badge tone={STATUS_TONE[row.status]}>{say("status")(row.status)}</Badge>,
          next:
            reviews && row.reviewDue ? (
              <Review key={row.version} row={row} year={year} today={today} onDone={onDone} />
            ) : (
              <Due row={row} today={today} />
            ),
        };
        return { key: row.id, cells: order.map((id) => cells[id]) };
      })}
    />
  );
}

type Column = "code" | "holder" | "tier" | "cause" | "members" | "status" | "next";
const LIST: readonly Column[] = ["code", "holder", "tier", "cause", "members", "status", "next"];
const QUEUE: readonly Column[] = ["code", "tier", "next", "holder", "cause", "members", "status"];

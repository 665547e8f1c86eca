"use client";

import { CalendarPlus, Eye, Pencil } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useRevealed } from "@/components/reveals/use-revealed";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import { later } from "@/components/ui/later";
import { HOME_DETAILS } from "@/lib/features/households/labels";
import type { Household, Revealed } from "@/lib/features/households/types";
import { SHOWN_SECONDS } from "@/lib/features/reveals/labels";
import { DetailList } from "./detail-list";
import { HouseholdEvents } from "./household-events";
import { HouseholdMembers } from "./household-members";
import { HouseholdPapers } from "./household-papers";
import { STATUS_TONE, useWords } from "./use-words";
import styles from "./households.module.css";

const EventDialog = later(() => import("./event-dialog").then((part) => part.EventDialog));
const RevealDialog = later(() => import("./reveal-dialog").then((part) => part.RevealDialog));

type Props = {
  file: Household;
  today: string;
  onFile: (file: Household) => void;
  onEdit: () => void;
};

function Notes({ file }: { file: Household }) {
  const t = useTranslations("households.file");
  return (
    <>
      {file.origin === "demo" && <p className={styles.quiet}>{t("demo")}</p>}
      {file.forgotten && <Callout>{t("forgotten")}</Callout>}
      {file.status === "closed" && !file.forgotten && <Callout>{t("closed")}</Callout>}
      {file.sight === "masked" && !file.forgotten && <p className={styles.quiet}>{t("masked")}</p>}
      {file.unreadable && <Callout tone="warning">{t("unreadable")}</Callout>}
    </>
  );
}

function Head({ file, revealed }: { file: Household; revealed: Revealed | null }) {
  const t = useTranslations("households");
  const { say } = useWords();
  const tiers = file.events.filter((event) => event.tier !== null && event.year !== null);
  const years = [...new Map(tiers.map((event) => [event.year, event.tier])).entries()];
  return (
    <DescriptionList
      columns={3}
      items={[
        {
          term: t("file.status"),
          detail: <Badge tone={STATUS_TONE[file.status]}>{say("status")(file.status)}</Badge>,
        },
        {
          term: t("file.tier"),
          detail: (
            <>
              {t("list.tierOf", { tier: say("tier")(file.tier), year: String(file.tierYear) })}{" "}
              {file.reviewDue && <Badge tone="warning">{t("list.reviewDue")}</Badge>}
            </>
          ),
        },
        { term: t("file.kind"), detail: say("kind")(file.kind) },
        { term: t("file.level"), detail: say("level")(file.level) },
        { term: t("file.cause"), detail: say("cause")(file.cause) },
        {
          term: t("file.otherCauses"),
          detail: file.otherCauses.map(say("cause")).join(t("file.separator")) || null,
        },
        { term: t("file.filedOn"), detail: file.filedOn },
        { term: t("file.followUpOn"), detail: file.followUpOn },
        {
          term: t("file.tiers"),
          detail: years
            .map(([year, tier]) =>
              t("list.tierOf", { tier: say("tier")(tier ?? ""), year: String(year) }),
            ) // prettier-ignore
            .join(t("file.separator")),
        },
        { term: t("file.address"), detail: revealed?.address ?? file.address, wide: true },
      ]}
    />
  );
}

/** A file as its reader may see it, and what they may do. */
export function HouseholdFile({ file, today, onFile, onEdit }: Props) {
  const t = useTranslations("households.file");
  const [asking, setAsking] = useState<"event" | "reveal" | null>(null);
  const { revealed, show, forget } = useRevealed<Revealed>(SHOWN_SECONDS);
  return (
    <>
      <Notes file={file} />
      <Card
        title={t("head")}
        actions={
          <span className={styles.acts}>
            {file.sight === "masked" && !file.forgotten && !revealed && (
              <Button
                size="small"
                icon={<Eye size={16} aria-hidden />}
                onClick={() => setAsking("reveal")}
              >
                {t("reveal")}
              </Button>
            )}
            {file.takes.length > 0 && (
              <Button
                size="small"
                icon={<CalendarPlus size={16} aria-hidden />}
                onClick={() => setAsking("event")}
              >
                {t("add")}
              </Button>
            )}
            {file.editable && !file.unreadable && (
              <Button size="small" icon={<Pencil size={16} aria-hidden />} onClick={onEdit}>
                {t("edit")}
              </Button>
            )}
          </span>
        }
      >
        {revealed && <Shown today={revealed.today} onHide={forget} />}
        <Head file={file} revealed={revealed} />
        <DetailList
          title={t("details")}
          kinds={HOME_DETAILS}
          details={revealed?.details?.home ?? file.details}
        />
      </Card>
      <HouseholdMembers
        members={file.members}
        revealed={revealed}
        isMasked={file.sight === "masked"}
      />
      <HouseholdEvents file={file} revealed={revealed} />
      <HouseholdPapers file={file} revealed={revealed} />
      {asking === "event" && (
        <EventDialog
          file={file}
          kinds={file.takes}
          today={today}
          onClose={() => setAsking(null)}
          onDone={onFile}
        />
      )}
      {asking === "reveal" && (
        <RevealDialog id={file.id} onClose={() => setAsking(null)} onRevealed={show} />
      )}
    </>
  );
}

function Shown({ today, onHide }: { today: number; onHide: () => void }) {
  const t = useTranslations("households.reveal");
  return (
    <Callout
      live
      actions={
        <Button size="small" onClick={onHide}>
          {t("hide")}
        </Button>
      }
    >
      {t("shown", { today })}
    </Callout>
  );
}

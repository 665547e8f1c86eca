"use client";

import { useLocale, useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { Timeline, type TimelineEntry } from "@/components/ui/timeline";
import type { Household, HouseholdEvent, Revealed } from "@/lib/features/households/types";
import { useWords } from "./use-words";
import styles from "./households.module.css";

type Props = { file: Household; revealed: Revealed | null };

const TONE: Partial<Record<HouseholdEvent["kind"], TimelineEntry["tone"]>> = {
  lifted: "success",
  returned: "warning",
  closed: "neutral",
  filed: "info",
};

function Consents({ consents }: Pick<Household, "consents">) {
  const t = useTranslations("households.file");
  const { say } = useWords();
  if (consents.length === 0) return <p className={styles.quiet}>{t("noConsent")}</p>;
  return (
    <ul className={styles.list}>
      {consents.map(({ consent, on, until, endedOn, holds }) => (
        <li key={`${consent} ${on}`}>
          <Badge tone={holds ? "success" : "neutral"}>
            {holds ? t("holds") : endedOn === null ? t("expired") : t("ended", { date: endedOn })}
          </Badge>
          {say("consent")(consent)}
          <span className={styles.quiet}>
            {t("consentOn", { date: on })}
            {until !== null && ` · ${t("consentUntil", { date: until })}`}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** What happened, newest first, and which consents hold. */
export function HouseholdEvents({ file, revealed }: Props) {
  const t = useTranslations("households");
  const { say } = useWords();
  const locale = useLocale();
  const detailOf = (event: HouseholdEvent) => {
    const open = revealed?.notes.find(({ no }) => no === event.no) ?? event;
    const said = [
      event.tier && t("list.tierOf", { tier: say("tier")(event.tier), year: String(event.year) }),
      event.reason && say("reason")(event.reason),
      event.consent && say("consent")(event.consent),
      event.dueOn &&
        t(event.kind === "consent" ? "file.consentUntil" : "file.dueOn", { date: event.dueOn }),
      open.visitors && t("file.visitors", { names: open.visitors }),
      open.note,
    ].filter((text) => text !== null && text !== "");
    return said.length > 0 ? said.join(" · ") : undefined;
  };
  return (
    <>
      <Card title={t("file.consents")}>
        <Consents consents={file.consents} />
      </Card>
      <Card title={t("file.events")}>
        <Timeline
          entries={[...file.events].reverse().map((event) => ({
            key: String(event.no),
            tone: TONE[event.kind],
            title: say("event")(event.kind),
            at: event.on,
            by: t("file.by", { name: locale === "en" ? event.by.nameEn : event.by.nameZh }),
            detail: detailOf(event),
          }))}
        />
      </Card>
    </>
  );
}

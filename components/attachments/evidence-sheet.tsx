"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { FailureNote } from "@/components/command/failure-note";
import { useRefresh } from "@/components/command/use-refresh";
import { Button } from "@/components/ui/button";
import { failureOf, type Failure } from "@/lib/browser/api-client";
import { listAttachments, type OfOwner } from "@/lib/features/attachments/client";
import type { Attachment, Attachments } from "@/lib/features/attachments/types";
import { AddEvidence, type Choice } from "./add-evidence";
import styles from "./attachments.module.css";
import { EvidenceRow } from "./evidence-row";

/** Asks for the list itself, so that a page which is left carries nothing of it. */
export function EvidenceSheet({
  owner: { of, id },
  consents = [],
  opened = false,
  refreshes = false,
}: {
  owner: OfOwner;
  /** Of a household file: its consents, of which a signed authorisation is one. */
  consents?: readonly Choice[];
  /** A reveal has opened what is otherwise closed to this reader. */
  opened?: boolean;
  /** The page says what the checks found: a file may change that. */
  refreshes?: boolean | undefined;
}) {
  const t = useTranslations("attachments");
  const [sheet, setSheet] = useState<Attachments | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [asked, setAsked] = useState(0);
  const refresh = useRefresh();
  useEffect(() => {
    const leaving = new AbortController();
    listAttachments({ of, id }, leaving.signal).then(setSheet, (error: unknown) => {
      if (!leaving.signal.aborted) setFailure(failureOf(error));
    });
    return () => leaving.abort();
  }, [of, id, asked]);
  if (failure)
    return (
      <div className={styles.sheet}>
        <FailureNote failure={failure} />
        <Button
          onClick={() => {
            setFailure(null);
            setAsked((n) => n + 1);
          }}
        >
          {t("again")}
        </Button>
      </div>
    );
  if (!sheet) return <p aria-live="polite">{t("loading")}</p>;
  const put = (one: Attachment) => {
    setSheet({
      ...sheet,
      items: [...sheet.items.filter(({ id }) => id !== one.id), one].sort((a, b) => a.no - b.no),
    });
    if (refreshes) void refresh();
  };
  const standing = sheet.items.filter(
    ({ removed, forgotten }) => removed === null && !forgotten,
  ).length;
  return (
    <div className={styles.sheet}>
      {sheet.items.length === 0 && (
        <p className={styles.quiet}>{t(`${of}.${sheet.mayAdd ? "none" : "noneRead"}`)}</p>
      )}
      {sheet.items.length > 0 && (
        <ul className={styles.list}>
          {sheet.items.map((one) => (
            <EvidenceRow
              key={one.id}
              file={one}
              consent={consents.find(({ value }) => value === String(one.eventNo))?.label}
              mayOpen={sheet.mayOpen || opened}
              mayRemove={sheet.mayRemove}
              onRemoved={put}
            />
          ))}
        </ul>
      )}
      {!sheet.mayOpen && !opened && standing > 0 && (
        <p className={styles.quiet}>{t("household.closed")}</p>
      )}
      {sheet.mayAdd && (
        <AddEvidence
          owner={{ of, id }}
          consents={consents}
          late={of === "record" && !sheet.mayRemove}
          full={standing >= sheet.mostFiles}
          onAdded={put}
        />
      )}
    </div>
  );
}

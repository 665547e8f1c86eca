"use client";

import { useTranslations } from "next-intl";
import { DescriptionList } from "@/components/ui/description-list";
import { Dialog } from "@/components/ui/dialog";
import { LinkButton } from "@/components/ui/link-button";
import { clockTime } from "@/lib/kernel/written";
import { subjectHref } from "@/lib/features/audit/address";
import type { ToldEntry } from "@/lib/features/audit/present";
import styles from "./audit.module.css";
import { AuditFacts } from "./audit-facts";
import { useSentence } from "./use-sentence";

type Props = {
  entry: ToldEntry;
  /** The name of the union whose history it belongs to. */
  place: string | null;
  onClose: () => void;
};

export function AuditEntryDialog({ entry, place, onClose }: Props) {
  const t = useTranslations("audit");
  const sentence = useSentence();
  const href = subjectHref(entry);
  return (
    <Dialog
      onClose={onClose}
      size="wide"
      title={t("entry", { id: entry.id })}
      actions={href && <LinkButton href={href}>{t("openRecord")}</LinkButton>}
    >
      <div className={styles.facts}>
        <DescriptionList
          items={[
            { term: t("what"), detail: sentence(entry) },
            { term: t("time"), detail: clockTime(entry.at) },
            { term: t("who"), detail: entry.actor?.username ?? t("system") },
            { term: t("where"), detail: place },
            {
              term: t("hash"),
              detail: <code className={styles.hash}>{entry.hash}</code>,
              wide: true,
            },
          ]}
        />
        <AuditFacts facts={entry.facts} />
      </div>
    </Dialog>
  );
}

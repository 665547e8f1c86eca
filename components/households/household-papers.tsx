"use client";

import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { later } from "@/components/ui/later";
import type { Household, Revealed } from "@/lib/features/households/types";
import { useWords } from "./use-words";

const EvidenceSheet = later(() =>
  import("@/components/attachments/evidence-sheet").then((part) => part.EvidenceSheet),
);

/** The signed authorisations and the papers of the dossier; each opening is written into the audit trail. */
export function HouseholdPapers({
  file,
  revealed,
}: {
  file: Household;
  revealed: Revealed | null;
}) {
  const t = useTranslations("households.file");
  const { say } = useWords();
  const consents = file.events.flatMap(({ no, kind, consent, on, dueOn }) =>
    kind === "consent" && consent !== null
      ? [
          {
            value: String(no),
            label: [
              say("consent")(consent),
              t("consentOn", { date: on }),
              ...(dueOn === null ? [] : [t("consentUntil", { date: dueOn })]),
            ].join(" · "),
          },
        ]
      : [],
  );
  return (
    <Card id="papers" title={t("papers")} note={t("papersNote")}>
      <EvidenceSheet
        key={file.id}
        owner={{ of: "household", id: file.id }}
        consents={consents}
        opened={revealed?.papers ?? false}
      />
    </Card>
  );
}

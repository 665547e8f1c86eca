"use client";

import { useLocale, useTranslations } from "next-intl";
import { FailureNote } from "@/components/command/failure-note";
import { useCommand } from "@/components/command/use-command";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { makeSheet } from "@/lib/features/papers/client";
import type { Papers, SignSheet } from "@/lib/features/papers/types";
import { formatFen } from "@/lib/kernel/money";
import { nameOf } from "@/lib/features/reference/present";
import type { Locale } from "@/lib/kernel/preferences";
import { momentText } from "@/lib/kernel/written";
import styles from "./papers.module.css";

type Props = { papers: Papers; onChange: (papers: Papers) => void };

function Made({ sheet, mayPrint }: { sheet: SignSheet; mayPrint: boolean }) {
  const t = useTranslations("papers");
  const locale = useLocale() as Locale;
  return (
    <li>
      <span>
        {t("madeOn", {
          at: momentText(sheet.at),
          by: nameOf(sheet.by, locale),
          lines: sheet.lines,
        })}
        {sheet.amountFen !== null && t("amount", { amount: formatFen(BigInt(sheet.amountFen)) })}
      </span>
      {mayPrint && sheet.current && (
        <span className={styles.links}>
          {(["pdf", "xlsx"] as const).map((format) => (
            <a
              key={format}
              href={`/api/v1/sign-sheets/${sheet.id}/file?format=${format}`}
              download
              aria-label={t("download", { what: t("sheets"), at: momentText(sheet.at), format })}
            >
              {t(format)}
            </a>
          ))}
        </span>
      )}
    </li>
  );
}

/** 签领表: 未生成 → 已生成, and whether what was made is still of this roster. */
export function SignSheets({ papers, onChange }: Props) {
  const t = useTranslations("papers");
  const command = useCommand();
  const [last] = papers.sheets;
  async function make() {
    const outcome = await command.run((send) => send(makeSheet, { id: papers.id, body: {} }));
    if (outcome.ok) onChange(outcome.answer);
  }
  return (
    <Card
      title={t("sheets")}
      actions={
        papers.mayPrint && (
          <Button onClick={() => void make()} disabled={command.busy}>
            {t("make")}
          </Button>
        )
      }
      footnote={papers.mayPrint ? t("full") : undefined}
    >
      <p>
        {last === undefined ? (
          <Badge tone="neutral">{t("notMade")}</Badge>
        ) : last.current ? (
          <Badge tone="success">{t("made")}</Badge>
        ) : (
          <Badge tone="warning">{t("changed")}</Badge>
        )}
      </p>
      {command.failure && <FailureNote failure={command.failure} />}
      <ul className={styles.list}>
        {papers.sheets.map((sheet) => (
          <Made key={sheet.id} sheet={sheet} mayPrint={papers.mayPrint} />
        ))}
      </ul>
    </Card>
  );
}

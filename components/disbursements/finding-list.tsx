import { useTranslations } from "next-intl";
import { AppLink } from "@/components/ui/app-link";
import { Badge } from "@/components/ui/badge";
import { FINDING_TONE } from "@/lib/features/findings/labels";
import { labelKey } from "@/lib/features/disbursements/labels";
import type { ShownFinding } from "@/lib/features/findings/present";
import styles from "./finding-list.module.css";

/** The coded answer with the clerk's words; "other" is no answer, its words are. */
function answerText({ code, words }: NonNullable<ShownFinding["answer"]>, label: string): string {
  if (!words) return label;
  return code === "other" ? words : `${label} · ${words}`;
}

/** What is put right on a page of its own, beside the record. */
const PAGES: Record<string, string> = { roster: "roster", notice: "papers" };

/** One finding: what is unusual, the arithmetic behind it, and the clerk's answer. */
export function FindingItem({
  finding,
  record,
  onLook,
}: {
  finding: ShownFinding;
  /** Of which record it is, where that is stored. */
  record?: string | undefined;
  /** Leads to the field, where there is a form. */
  onLook?: ((path: string) => void) | undefined;
}) {
  const t = useTranslations("findings");
  const labels = useTranslations("labels");
  const { field, answer, shown } = finding;
  const explained = answer?.covers === true;
  const page = field === null ? undefined : PAGES[field];
  return (
    <li className={styles.item} data-level={finding.level}>
      <Badge tone={explained ? "neutral" : FINDING_TONE[finding.level]}>
        {explained ? t("explained") : labels(labelKey("findingLevel", finding.level))}
      </Badge>
      <p className={styles.sentence}>{t(`rule.${finding.rule}.sentence`, shown)}</p>
      <p className={styles.formula}>{t(`rule.${finding.rule}.formula`, shown)}</p>
      {answer && (
        <p className={styles.answer}>
          {t(explained ? "answered" : "answeredBefore", {
            answer: answerText(answer, labels(labelKey("answer", answer.code))),
          })}
        </p>
      )}
      {record && page && (
        <AppLink className={styles.look} href={`/disbursements/${record}/${page}`}>
          {t(`page.${page}`)}
        </AppLink>
      )}
      {onLook && field !== null && !page && (
        <button type="button" className={styles.look} onClick={() => onLook(field)}>
          {t("look")}
        </button>
      )}
    </li>
  );
}

const ORDER = { hard: 0, soft: 1, notice: 2 } as const;

/** What must be corrected first. */
export function FindingList({
  findings,
  empty,
  record,
  onLook,
}: {
  findings: readonly ShownFinding[];
  empty: string;
  record?: string | undefined;
  onLook?: ((path: string) => void) | undefined;
}) {
  if (findings.length === 0) return <p className="quiet">{empty}</p>;
  const ordered = [...findings].sort((a, b) => ORDER[a.level] - ORDER[b.level]);
  return (
    <ul className={styles.list}>
      {ordered.map((finding) => (
        <FindingItem
          key={`${finding.rule}-${finding.field}`}
          finding={finding}
          record={record}
          onLook={onLook}
        />
      ))}
    </ul>
  );
}

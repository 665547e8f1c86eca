import { ChevronLeft, ChevronRight } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { LinkButton } from "./link-button";
import styles from "./pagination.module.css";

export type PaginationProps = {
  /** Keyset pages: an address for each way, or null where the way ends. */
  previousHref: string | null;
  nextHref: string | null;
  /** For instance "第 1–50 条，共 6,012 条". */
  summary?: ReactNode | undefined;
};

export function Pagination({ previousHref, nextHref, summary }: PaginationProps) {
  const t = useTranslations("common.pagination");
  return (
    <nav className={styles.pagination} aria-label={t("label")}>
      <span className={styles.summary}>{summary}</span>
      {previousHref !== null && (
        <LinkButton href={previousHref} size="small" icon={<ChevronLeft aria-hidden />}>
          {t("previous")}
        </LinkButton>
      )}
      {nextHref !== null && (
        <LinkButton href={nextHref} size="small">
          {t("next")}
          <ChevronRight aria-hidden />
        </LinkButton>
      )}
    </nav>
  );
}

import { ChevronLeft, ChevronRight } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "./button";
import { LinkButton } from "./link-button";
import styles from "./pagination.module.css";

export type PaginationProps = {
  /** Keyset pages: an address for each way, or null where the way ends. */
  previousHref: string | null;
  nextHref: string | null;
  /** For instance "第 1–50 条，共 6,012 条". */
  summary?: ReactNode | undefined;
  /** Where pages have numbers: the page asks for one by name, with the conditions kept. */
  jump?: { path: string; kept: Record<string, string>; number: number; last: number } | undefined;
};

function Jump({ path, kept, number, last }: NonNullable<PaginationProps["jump"]>) {
  const t = useTranslations("common.pagination");
  return (
    <form action={path} className={styles.jump}>
      {Object.entries(kept).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} readOnly />
      ))}
      <label>
        {t("jump", { last })}{" "}
        <input
          key={number}
          className={styles.number}
          type="number"
          name="page"
          min={1}
          max={last}
          required
          defaultValue={number}
        />
      </label>
      <Button type="submit" size="small">
        {t("go")}
      </Button>
    </form>
  );
}

export function Pagination({ previousHref, nextHref, summary, jump }: PaginationProps) {
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
      {jump && jump.last > 1 && <Jump {...jump} />}
    </nav>
  );
}

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import styles from "./rosters.module.css";

/** So many lines are drawn at once, however many there are. */
export const PAGE_LINES = 50;

type Props = { page: number; total: number; onPage: (page: number) => void };

export function RosterPages({ page, total, onPage }: Props) {
  const t = useTranslations("rosters.pages");
  const last = Math.max(0, Math.ceil(total / PAGE_LINES) - 1);
  if (last === 0) return null;
  const from = page * PAGE_LINES + 1;
  const go = (typed: string) => {
    const line = Math.min(total, Math.max(1, Number.parseInt(typed, 10) || 1));
    onPage(Math.floor((line - 1) / PAGE_LINES));
  };
  return (
    <nav className={styles.pages} aria-label={t("label")}>
      <Button size="small" disabled={page === 0} onClick={() => onPage(page - 1)}>
        {t("before")}
      </Button>
      <span>{t("which", { from, to: Math.min(total, from + PAGE_LINES - 1), total })}</span>
      <Button size="small" disabled={page >= last} onClick={() => onPage(page + 1)}>
        {t("after")}
      </Button>
      {last > 2 && (
        <input
          className={styles.go}
          inputMode="numeric"
          aria-label={t("go")}
          placeholder={t("go")}
          onKeyDown={(event) => event.key === "Enter" && go(event.currentTarget.value)}
          onBlur={(event) =>
            event.currentTarget.value.trim() !== "" && go(event.currentTarget.value)
          }
        />
      )}
    </nav>
  );
}

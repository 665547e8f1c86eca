import { useTranslations } from "next-intl";
import { AppLink } from "@/components/ui/app-link";
import { publicHref } from "@/lib/features/publications/address";
import { PublicHead } from "./public-head";
import styles from "./publications.module.css";

/** Nothing is public, or nothing of the year that was asked for. */
export function NothingPublished({ years }: { years: readonly number[] }) {
  const t = useTranslations("publicPage");
  return (
    <main className={styles.page}>
      <PublicHead title={t("title")} />
      <p className={styles.lead}>{years.length === 0 ? t("nothing") : t("notThisYear")}</p>
      {years.length > 0 && (
        <p className={styles.years}>
          {years.map((year) => (
            <AppLink key={year} href={publicHref(year)}>
              {t("year", { year: String(year) })}
            </AppLink>
          ))}
        </p>
      )}
    </main>
  );
}

import { useTranslations } from "next-intl";
import { AppLink } from "@/components/ui/app-link";
import { publicHref } from "@/lib/features/publications/address";
import { PublicHead } from "./public-head";
import styles from "./publications.module.css";

type Props = { years: readonly number[]; busy: boolean };

/** Nothing is public, or nothing of the year that was asked for; or one asked too often. */
export function NothingPublished({ years, busy }: Props) {
  const t = useTranslations("publicPage");
  const why = years.length === 0 ? "nothing" : "notThisYear";
  return (
    <main className={styles.page}>
      <PublicHead title={t("title")} />
      <p className={styles.lead}>{t(busy ? "busy" : why)}</p>
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

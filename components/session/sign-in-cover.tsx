import { useTranslations } from "next-intl";
import { BrandMark } from "@/components/shell/brand-mark";
import styles from "./sign-in-cover.module.css";

const seasons = ["SPRING", "SUMMER", "AUTUMN", "WINTER"] as const;

/** The cover of the book: its name, and the four seasons as four ruled lines of an account. */
export function SignInCover() {
  const t = useTranslations("signIn");
  const tShell = useTranslations("shell");
  return (
    <header className={styles.cover}>
      <div className={styles.brand}>
        <BrandMark size={44} />
        <div>
          <p className={styles.name}>{tShell("appName")}</p>
          <p className={styles.tagline}>{tShell("tagline")}</p>
        </div>
      </div>
      <ul className={styles.lines} aria-hidden>
        {seasons.map((season) => (
          <li key={season} className={styles.line} data-season={season}>
            <span className={styles.season}>{t(`season.${season}.mark`)}</span>
            <span>{t(`season.${season}.name`)}</span>
          </li>
        ))}
      </ul>
      <p className={styles.promise}>{t("promise")}</p>
    </header>
  );
}

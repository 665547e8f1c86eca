import { useTranslations } from "next-intl";
import { BrandMark } from "@/components/shell/brand-mark";
import { LanguageSwitch, UnitSwitch } from "@/components/shell/preference-switches";
import styles from "./publications.module.css";

/** What stands above everything that needs no session. */
export function PublicHead({ title }: { title: string }) {
  const t = useTranslations("shell");
  return (
    <header className={styles.head}>
      <span className={styles.brand}>
        <BrandMark />
        {t("appName")}
      </span>
      <span className={styles.switches}>
        <UnitSwitch />
        <LanguageSwitch />
      </span>
      <h1 className={styles.title}>{title}</h1>
    </header>
  );
}

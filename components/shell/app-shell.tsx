import { FlaskConical } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { SkipLink } from "@/components/ui/skip-link";
import styles from "./app-shell.module.css";
import { BottomNav } from "./bottom-nav";
import { BrandMark } from "./brand-mark";
import type { NavItem } from "./navigation";
import { PersonMenu, type Person } from "./person-menu";
import { LanguageSwitch, UnitSwitch } from "./preference-switches";
import { SideNav } from "./side-nav";

export type AppShellProps = {
  items: readonly NavItem[];
  person: Person;
  /** The organisation whose subtree this person reads. */
  scope: string;
  isDemo: boolean;
  /** False for those who see no amounts. */
  showsAmounts: boolean;
  /** What goes on in the background, where something does. */
  underWay?: ReactNode | undefined;
  children: ReactNode;
};

export function AppShell({
  items,
  person,
  scope,
  isDemo,
  showsAmounts,
  underWay,
  children,
}: AppShellProps) {
  const t = useTranslations("shell");
  const homeHref = items[0]?.href ?? "/";
  return (
    <div className={styles.shell}>
      <SkipLink target="content">{t("skip")}</SkipLink>
      <SideNav items={items} homeHref={homeHref} />
      <div className={styles.page}>
        <header className={styles.top}>
          <span className={styles.mark}>
            <BrandMark size={26} />
          </span>
          <p className={styles.scope} aria-label={t("scope", { name: scope })}>
            {scope}
          </p>
          <div className={styles.switches}>
            {showsAmounts && <UnitSwitch />}
            <LanguageSwitch />
          </div>
          <PersonMenu person={person} />
        </header>
        {isDemo && (
          <aside className={styles.demo}>
            <FlaskConical size={14} aria-hidden />
            {t("demo")}
          </aside>
        )}
        {underWay}
        <main id="content" tabIndex={-1} className={styles.main}>
          {children}
        </main>
      </div>
      <BottomNav items={items} />
    </div>
  );
}

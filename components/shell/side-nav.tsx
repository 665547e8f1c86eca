"use client";

import clsx from "clsx";
import { PanelLeftClose, PanelLeftOpen } from "lucide-react";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { AppLink } from "@/components/ui/app-link";
import { BrandMark } from "./brand-mark";
import { NavIcon } from "./nav-icon";
import { isCurrent, type NavItem } from "./navigation";
import { usePreferences, useSetPreference } from "./preferences";
import styles from "./side-nav.module.css";

/** Fetched ahead once it is pointed at: nobody opens all of them, and each costs the database its queries. */
function SideLink({ item, current, closed }: { item: NavItem; current: boolean; closed: boolean }) {
  const [near, setNear] = useState(false);
  const come = () => setNear(true);
  return (
    <AppLink
      href={item.href}
      prefetch={near ? "auto" : false}
      onPointerEnter={come}
      onFocus={come}
      className={clsx(styles.item, current && styles.current)}
      aria-current={current ? "page" : undefined}
      title={closed ? item.label : undefined}
    >
      <NavIcon of={item.key} />
      <span className={styles.word}>{item.label}</span>
    </AppLink>
  );
}

export function SideNav({ items, homeHref }: { items: readonly NavItem[]; homeHref: string }) {
  const t = useTranslations("shell");
  const pathname = usePathname();
  const { navigation } = usePreferences();
  const setPreference = useSetPreference();
  const closed = navigation === "closed";
  const toggle = closed ? t("nav.expand") : t("nav.collapse");
  return (
    <nav aria-label={t("nav.label")} className={clsx(styles.side, closed && styles.closed)}>
      <AppLink href={homeHref} className={styles.brand} aria-label={t("appTitle")}>
        <BrandMark />
        <span className={styles.word}>
          <span className={styles.name}>{t("appName")}</span>
          <span className={styles.tagline}>{t("tagline")}</span>
        </span>
      </AppLink>
      <ul className={styles.list}>
        {items.map((item) => {
          const current = isCurrent(item, pathname);
          return (
            <li key={item.key}>
              <SideLink item={item} current={current} closed={closed} />
            </li>
          );
        })}
      </ul>
      <button
        type="button"
        className={styles.toggle}
        aria-label={toggle}
        title={toggle}
        onClick={() => setPreference("navigation", closed ? "open" : "closed")}
      >
        {closed ? (
          <PanelLeftOpen size={18} aria-hidden />
        ) : (
          <PanelLeftClose size={18} aria-hidden />
        )}
      </button>
    </nav>
  );
}

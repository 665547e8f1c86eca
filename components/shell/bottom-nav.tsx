"use client";

import clsx from "clsx";
import { Ellipsis } from "lucide-react";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { AppLink } from "@/components/ui/app-link";
import { later } from "@/components/ui/later";
import { NavIcon } from "./nav-icon";
import { isCurrent, type NavItem } from "./navigation";
import styles from "./bottom-nav.module.css";

const IN_REACH = 4;

const Sheet = later(() => import("@/components/ui/dialog").then((part) => part.Dialog));

function BottomLink({
  item,
  current,
  onClick,
}: {
  item: NavItem;
  current: boolean;
  onClick?: () => void;
}) {
  return (
    <AppLink
      href={item.href}
      className={clsx(styles.item, current && styles.current)}
      aria-current={current ? "page" : undefined}
      {...(onClick ? { onClick } : {})}
    >
      <NavIcon of={item.key} size={20} />
      <span>{item.label}</span>
    </AppLink>
  );
}

/** On a phone: the first four words within reach of the thumb, the others one touch away. */
export function BottomNav({ items }: { items: readonly NavItem[] }) {
  const t = useTranslations("shell.nav");
  const pathname = usePathname();
  const [open, setOpen] = useState(false);
  const near = items.length <= IN_REACH + 1 ? items : items.slice(0, IN_REACH);
  const far = items.slice(near.length);
  return (
    <>
      <nav className={styles.bar} aria-label={t("label")}>
        {near.map((item) => (
          <BottomLink key={item.key} item={item} current={isCurrent(item, pathname)} />
        ))}
        {far.length > 0 && (
          <button
            type="button"
            className={clsx(
              styles.item,
              far.some((item) => isCurrent(item, pathname)) && styles.current,
            )}
            aria-haspopup="dialog"
            onClick={() => setOpen(true)}
          >
            <Ellipsis size={20} aria-hidden />
            <span>{t("more")}</span>
          </button>
        )}
      </nav>
      {open && (
        <Sheet onClose={() => setOpen(false)} title={t("more")}>
          <div className={styles.sheet}>
            {far.map((item) => (
              <BottomLink
                key={item.key}
                item={item}
                current={isCurrent(item, pathname)}
                onClick={() => setOpen(false)}
              />
            ))}
          </div>
        </Sheet>
      )}
    </>
  );
}

"use client";

import { KeyRound, ListChecks, LogOut, UserRound } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { dropAllDrafts } from "@/lib/browser/local-draft";
import { Menu, MenuItem } from "@/components/ui/menu";
import { LanguageSwitch, UnitSwitch } from "./preference-switches";
import styles from "./person-menu.module.css";

export type Person = { name: string; username: string; role: string; organisation: string };

export function PersonMenu({ person }: { person: Person }) {
  const t = useTranslations("shell");
  const [leaving, setLeaving] = useState(false);

  async function leave() {
    setLeaving(true);
    dropAllDrafts();
    const { signOut } = await import("next-auth/react");
    await signOut({ redirect: false });
    // A whole load, so that nothing of this person stays in the browser's memory.
    window.location.assign("/sign-in?reason=signed-out");
  }

  return (
    <Menu
      bare
      align="end"
      ariaLabel={t("person", { name: person.name, role: person.role })}
      label={
        <>
          <UserRound size={18} aria-hidden />
          <span className={styles.short}>{person.name}</span>
        </>
      }
    >
      <div className={styles.who}>
        <p className={styles.name}>{person.name}</p>
        <p className={styles.line}>
          {t("roleAt", { role: person.role, organisation: person.organisation })}
        </p>
        <p className={styles.line}>{person.username}</p>
      </div>
      <div className={styles.switches}>
        <UnitSwitch />
        <LanguageSwitch />
      </div>
      <MenuItem href="/jobs" icon={<ListChecks size={16} aria-hidden />}>
        {t("jobs")}
      </MenuItem>
      <MenuItem href="/account" icon={<KeyRound size={16} aria-hidden />}>
        {t("account")}
      </MenuItem>
      <MenuItem icon={<LogOut size={16} aria-hidden />} onSelect={() => void leave()}>
        {leaving ? t("signingOut") : t("signOut")}
      </MenuItem>
    </Menu>
  );
}

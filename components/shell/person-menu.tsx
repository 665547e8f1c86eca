"use client";

import { CircleHelp, KeyRound, ListChecks, LogOut, UserRound } from "lucide-react";
import { useTranslations } from "next-intl";
import { Menu, MenuItem } from "@/components/ui/menu";
import { useLeaving } from "./leaving";
import { LanguageSwitch, UnitSwitch } from "./preference-switches";
import styles from "./person-menu.module.css";

export type Person = { name: string; username: string; role: string; organisation: string };

export function PersonMenu({ person }: { person: Person }) {
  const t = useTranslations("shell");
  const { leave, leaving } = useLeaving();

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
      <MenuItem href="/help" icon={<CircleHelp size={16} aria-hidden />}>
        {t("help")}
      </MenuItem>
      <MenuItem icon={<LogOut size={16} aria-hidden />} onSelect={leave}>
        {leaving ? t("signingOut") : t("signOut")}
      </MenuItem>
    </Menu>
  );
}

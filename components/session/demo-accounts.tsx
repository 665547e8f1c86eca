"use client";

import { useLocale, useTranslations } from "next-intl";
import type { DemoAccount } from "@/lib/features/session/types";
import styles from "./sign-in-form.module.css";

export type DemoAccountsProps = {
  accounts: readonly DemoAccount[];
  password: string;
  busy: string | null;
  onChoose: (username: string) => void;
};

export function DemoAccounts({ accounts, password, busy, onChoose }: DemoAccountsProps) {
  const t = useTranslations("signIn.demo");
  const tLabels = useTranslations("labels.role");
  const english = useLocale() === "en";
  return (
    <section className={styles.demo}>
      <h2 className={styles.demoTitle}>{t("title")}</h2>
      <p className={styles.demoLead}>{t("lead", { password })}</p>
      <ul className={styles.accounts}>
        {accounts.map((account) => {
          const organisation = english ? account.orgNameEn : account.orgNameZh;
          const role = tLabels(account.role);
          const name = english ? account.nameEn : account.nameZh;
          return (
            <li key={account.username}>
              <button
                type="button"
                className={styles.account}
                aria-label={t("enter", { name: account.username, role, organisation })}
                title={name}
                disabled={busy !== null}
                onClick={() => onChoose(account.username)}
              >
                <span className={styles.accountRole}>{role}</span>
                <span className={styles.accountOrg}>{organisation}</span>
                <span className={styles.accountName}>{account.username}</span>
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

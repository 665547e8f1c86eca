import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import styles from "@/components/session/password-form.module.css";
import { PasswordForm } from "@/components/session/password-form";
import { SecondFactor } from "@/components/session/second-factor";
import { Card } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import { PageHeader } from "@/components/ui/page-header";
import { loadAccount, loadSecondFactor } from "@/lib/features/session/loaders";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("account");
  return { title: t("title") };
}

export default async function AccountPage() {
  const [account, locale, t, tRole] = await Promise.all([
    loadAccount(),
    getLocale(),
    getTranslations("account"),
    getTranslations("labels.role"),
  ]);
  const factor = await loadSecondFactor();
  const english = locale === "en";
  const roles = account.memberships.map(({ role, nameZh, nameEn }) =>
    t("roleAt", { role: tRole(role), organisation: english ? nameEn : nameZh }),
  );
  return (
    <div className="stack">
      <PageHeader title={t("title")} lead={t("lead")} />
      <Card title={t("who")}>
        <DescriptionList
          items={[
            { term: t("name"), detail: english ? account.nameEn : account.nameZh },
            { term: t("username"), detail: account.username },
            {
              term: t("roles"),
              wide: true,
              detail:
                roles.length === 0 ? (
                  t("noRoles")
                ) : (
                  <ul className={styles.roles}>
                    {roles.map((role) => (
                      <li key={role}>{role}</li>
                    ))}
                  </ul>
                ),
            },
          ]}
        />
      </Card>
      <Card title={t("factor.title")}>
        <SecondFactor view={factor} username={account.username} />
      </Card>
      <Card title={t("password")}>
        <PasswordForm username={account.username} />
      </Card>
    </div>
  );
}

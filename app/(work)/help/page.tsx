import type { Metadata } from "next";

import { getTranslations } from "next-intl/server";
import { glossaryGroups } from "@/lib/features/help/labels";
import { GlossaryList } from "@/components/help/glossary-list";
import { HelpAnswers } from "@/components/help/help-answers";
import { helpLaws } from "@/components/help/help-topics";
import styles from "@/components/help/help.module.css";
import { AppLink } from "@/components/ui/app-link";
import { PageHeader } from "@/components/ui/page-header";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("help");
  return { title: t("title") };
}

const sections = ["answers", "laws", "glossary"] as const;

export default async function HelpPage() {
  const t = await getTranslations("help");
  const groups = Object.fromEntries(
    glossaryGroups.map((group) => [group, t(`glossary.groups.${group}`)]),
  );
  return (
    <div className="stack">
      <PageHeader title={t("title")} lead={t("lead")} />
      <div className={styles.layout}>
        <nav className={styles.contents} aria-label={t("contents")}>
          <ul>
            {sections.map((section) => (
              <li key={section}>
                <a href={`#${section}`}>{t(`sections.${section}`)}</a>
              </li>
            ))}
            <li>
              <AppLink href="/help/api">{t("sections.api")}</AppLink>
            </li>
          </ul>
        </nav>
        <div className={styles.body}>
          <section id="answers" aria-labelledby="answers-title">
            <h2 id="answers-title" className={styles.sectionTitle}>
              {t("sections.answers")}
            </h2>
            <HelpAnswers />
          </section>
          <section id="laws" aria-labelledby="laws-title">
            <h2 id="laws-title" className={styles.sectionTitle}>
              {t("sections.laws")}
            </h2>
            <ol className={styles.laws}>
              {helpLaws.map((law) => (
                <li key={law}>{t(`laws.${law}`)}</li>
              ))}
            </ol>
          </section>
          <section id="glossary" aria-labelledby="glossary-title">
            <h2 id="glossary-title" className={styles.sectionTitle}>
              {t("sections.glossary")}
            </h2>
            <GlossaryList
              words={{
                filter: t("glossary.filter"),
                found: t("glossary.found"),
                noneHint: t("glossary.noneHint"),
                groups,
              }}
            />
          </section>
        </div>
      </div>
    </div>
  );
}

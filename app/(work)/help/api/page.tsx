import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import styles from "@/components/open-api/api-help.module.css";
import { Operation } from "@/components/open-api/operation";
import { PageHeader } from "@/components/ui/page-header";
import { isApiTag, TAGS } from "@/lib/features/open-api/labels";
import { contracts } from "@/lib/features/open-api/schema";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("apiHelp");
  return { title: t("title") };
}

const CURL = `curl -c jar -s http://localhost:3000/api/auth/csrf
# {"csrfToken":"…"}
curl -b jar -c jar http://localhost:3000/api/auth/callback/credentials \\
  --data-urlencode csrfToken=… --data-urlencode username=… --data-urlencode password=…
curl -b jar 'http://localhost:3000/api/v1/figures?year=2024&groupBy=prefecture'`;

const RULES = ["money", "codes", "version", "idempotency", "errors", "limits", "scope"] as const;

/** Grouped by tag, and within one by address; what has no group of its own comes last. */
const ordered = [...contracts].sort((a, b) => a.path.localeCompare(b.path));
const groups = TAGS.map((tag) => ({ tag, contracts: ordered.filter((c) => c.tag === tag) })).filter(
  (group) => group.contracts.length > 0,
);
const others = ordered.filter((contract) => !isApiTag(contract.tag));

export default async function ApiHelpPage() {
  const t = await getTranslations("apiHelp");
  return (
    <div className="stack">
      <PageHeader
        title={t("title")}
        lead={t.rich("lead", {
          link: () => <a href="/api/v1/openapi.json">/api/v1/openapi.json</a>,
        })}
        trail={[{ href: "/help", label: t("back") }]}
        trailLabel={t("trail")}
      />
      <div className={styles.layout}>
        <nav className={styles.contents} aria-label={t("contents")}>
          <ul>
            <li>
              <a href="#sign-in">{t("signIn")}</a>
            </li>
            <li>
              <a href="#rules">{t("rules")}</a>
            </li>
            {groups.map(({ tag }) => (
              <li key={tag}>
                <a href={`#tag-${tag}`}>{t(`tag.${tag}`)}</a>
              </li>
            ))}
          </ul>
        </nav>
        <div className={styles.body}>
          <section aria-labelledby="sign-in">
            <h2 id="sign-in" className={styles.title}>
              {t("signIn")}
            </h2>
            <p className={styles.lead}>{t("signInLead")}</p>
            <pre className={styles.code} tabIndex={0}>
              {CURL}
            </pre>
          </section>
          <section aria-labelledby="rules">
            <h2 id="rules" className={styles.title}>
              {t("rules")}
            </h2>
            <ul className={styles.rules}>
              {RULES.map((rule) => (
                <li key={rule}>{t(`rule.${rule}`)}</li>
              ))}
            </ul>
          </section>
          {groups.map((group) => (
            <section key={group.tag} aria-labelledby={`tag-${group.tag}`}>
              <h2 id={`tag-${group.tag}`} className={styles.title}>
                {t(`tag.${group.tag}`)}
              </h2>
              {group.contracts.map((contract) => (
                <Operation key={contract.id} contract={contract} />
              ))}
            </section>
          ))}
          {others.map((contract) => (
            <Operation key={contract.id} contract={contract} />
          ))}
        </div>
      </div>
    </div>
  );
}

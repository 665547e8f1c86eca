import { useTranslations } from "next-intl";
import { AppLink } from "@/components/ui/app-link";
import { Card } from "@/components/ui/card";
import { briefHref, type BriefAsked } from "@/lib/features/narrative-texts/address";
import type { TextVersion } from "@/lib/features/narrative-texts/types";
import { nameOf } from "@/lib/features/reference/present";
import type { Locale } from "@/lib/kernel/preferences";
import { momentText } from "@/lib/kernel/written";
import styles from "./narrative.module.css";

type CardProps = {
  asked: BriefAsked;
  texts: TextVersion[];
  /** The one on screen; undefined: the draft. */
  shown: number | undefined;
  locale: Locale;
};

export function VersionsCard({ asked, texts, shown, locale }: CardProps) {
  const t = useTranslations("narrative.versions");
  return (
    <Card title={t("title")} className={styles.versions}>
      {texts.length === 0 ? (
        <p className={styles.told}>{t("none")}</p>
      ) : (
        <ol className={styles.list} reversed>
          <li>
            {shown === undefined ? (
              <span aria-current="page">{t("draft")}</span>
            ) : (
              <AppLink href={briefHref(asked)}>{t("draft")}</AppLink>
            )}
          </li>
          {texts.map(({ id, version, how, source, author, at }) => (
            <li key={id}>
              {version === shown ? (
                <span aria-current="page">{t("version", { version })}</span>
              ) : (
                <AppLink href={briefHref(asked, { version })}>{t("version", { version })}</AppLink>
              )}
              <span className={styles.told}>
                {t(how, { author: nameOf(author, locale), source: source ?? 0 })}
                <br />
                {momentText(at)}
              </span>
            </li>
          ))}
        </ol>
      )}
    </Card>
  );
}

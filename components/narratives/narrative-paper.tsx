import { Download, Table2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { placeSource, yearOptions } from "@/components/figures/options";
import { ScopeBar } from "@/components/figures/scope-bar";
import { PrintButton } from "@/components/summary/print-button";
import { AppLink } from "@/components/ui/app-link";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { narrativeExportHref } from "@/lib/features/narratives/address";
import { narrativeText } from "@/lib/features/narratives/present";
import {
  BRIEF_FORMATS,
  LENGTHS,
  type NarrativeView,
  type Paragraph,
} from "@/lib/features/narratives/types";
import { reportsHref } from "@/lib/features/summary/address";
import type { Locale } from "@/lib/kernel/preferences";
import { CopyButton } from "./copy-button";
import { tokenHref } from "./token-href";
import styles from "./narrative.module.css";

type NarrativePaperProps = { view: NarrativeView; locale: Locale };

function Head({ view }: Pick<NarrativePaperProps, "view">) {
  const t = useTranslations("narrative");
  const { narrative, year, root, length } = view;
  const asked = { year, org: root.code };
  return (
    <PageHeader
      title={t("title")}
      lead={t("lead")}
      actions={
        <>
          <LinkButton href={reportsHref(asked)} icon={<Table2 size={16} aria-hidden />}>
            {t("summary")}
          </LinkButton>
          <PrintButton />
          {BRIEF_FORMATS.map((format) => (
            <LinkButton
              key={format}
              href={narrativeExportHref(asked, length, format)}
              icon={<Download size={16} aria-hidden />}
            >
              {t(format)}
            </LinkButton>
          ))}
          <CopyButton
            text={narrativeText(narrative).text}
            words={{ copy: t("copy"), copied: t("copied"), failed: t("failed") }}
          />
        </>
      }
    />
  );
}

function Prose({ paragraph: { head, pieces } }: { paragraph: Paragraph }) {
  return (
    <p className={styles.paragraph}>
      {head !== null && <span className={styles.head}>{head}</span>}
      {pieces.map((piece, at) =>
        typeof piece === "string" ? (
          piece
        ) : (
          <AppLink key={at} href={tokenHref(piece)} className={styles.token}>
            {piece.text}
          </AppLink>
        ),
      )}
    </p>
  );
}

/** 工作简报 on screen: the sentences that the files hold, each number a way to its vouchers. */
export function NarrativePaper({ view, locale }: NarrativePaperProps) {
  const t = useTranslations("narrative");
  const { narrative, reference, root, year, length } = view;
  const [title, period] = narrative.heading;
  return (
    <div className="stack">
      <div className="no-print stack">
        <Head view={view} />
        <ScopeBar
          path="/narrative"
          label={t("filter.label")}
          apply={t("filter.apply")}
          kept={{}}
          fields={[
            {
              name: "year",
              label: t("filter.year"),
              width: "year",
              value: String(year),
              options: yearOptions(reference, year),
            },
            {
              name: "org",
              label: t("filter.org"),
              width: "place",
              value: root.code,
              organisations: placeSource(view, root.code, locale),
            },
            {
              name: "length",
              label: t("length"),
              width: "year",
              value: length,
              options: LENGTHS.map((value) => ({ value, label: t(value) })),
            },
          ]}
        />
      </div>
      <article className={styles.paper} aria-label={title}>
        <h2 className={styles.title}>{title}</h2>
        <p className={styles.period}>{period}</p>
        {narrative.paragraphs.map((paragraph, at) => (
          <Prose key={at} paragraph={paragraph} />
        ))}
        <p className={styles.signed}>{narrative.signed}</p>
      </article>
    </div>
  );
}

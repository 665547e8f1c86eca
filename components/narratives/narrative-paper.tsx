import { Download, PenLine, Table2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { placeSource, yearOptions } from "@/components/figures/options";
import { ScopeBar } from "@/components/figures/scope-bar";
import { PrintButton } from "@/components/summary/print-button";
import { AppLink } from "@/components/ui/app-link";
import { Callout } from "@/components/ui/callout";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import {
  briefExportHref,
  briefHref,
  type BriefAsked,
} from "@/lib/features/narrative-texts/address";
import { unboundIn } from "@/lib/features/narrative-texts/rules";
import type { BriefView, SavedText } from "@/lib/features/narrative-texts/types";
import { narrativeText } from "@/lib/features/narratives/present";
import {
  BRIEF_FORMATS,
  LENGTHS,
  type Narrative,
  type Paragraph,
} from "@/lib/features/narratives/types";
import { nameOf } from "@/lib/features/reference/present";
import { reportsHref } from "@/lib/features/summary/address";
import type { Locale } from "@/lib/kernel/preferences";
import { listText, momentText } from "@/lib/kernel/written";
import { CopyButton } from "./copy-button";
import { SavedProse } from "./saved-prose";
import { TextEditor } from "./text-editor";
import { bodyOf, withTokens } from "@/lib/features/narrative-texts/present";
import { tokenHref } from "./token-href";
import { VersionButtons } from "./version-buttons";
import { VersionsCard } from "./versions-card";
import styles from "./narrative.module.css";

type NarrativePaperProps = { view: BriefView; locale: Locale };
type PartProps = NarrativePaperProps & { asked: BriefAsked };

/** What stands on the paper: the draft, or a version with the numbers it was saved with. */
function shownText({
  narrative,
  saved,
}: BriefView): Pick<Narrative, "heading" | "paragraphs" | "signed"> {
  if (saved === null) return narrative;
  const { body, period, signed } = saved;
  return { heading: [body.title, period], paragraphs: body.paragraphs, signed };
}

function Head({ view, asked }: PartProps) {
  const t = useTranslations("narrative");
  const { saved, mayWrite, year, root } = view;
  const version = saved?.version;
  return (
    <PageHeader
      title={t("title")}
      lead={t("lead")}
      actions={
        <>
          <LinkButton
            href={reportsHref({ year, org: root.code })}
            icon={<Table2 size={16} aria-hidden />}
          >
            {t("summary")}
          </LinkButton>
          <PrintButton />
          {BRIEF_FORMATS.map((format) => (
            <LinkButton
              key={format}
              href={briefExportHref(asked, format, version)}
              icon={<Download size={16} aria-hidden />}
            >
              {t(format)}
            </LinkButton>
          ))}
          <CopyButton
            text={narrativeText(shownText(view)).text}
            words={{ copy: t("copy"), copied: t("copied"), failed: t("failed") }}
          />
          {mayWrite && (
            <LinkButton
              variant="primary"
              href={briefHref(asked, { version, edit: true })}
              icon={<PenLine size={16} aria-hidden />}
            >
              {t("edit")}
            </LinkButton>
          )}
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

function SavedNote({ saved, view, asked, locale }: PartProps & { saved: SavedText }) {
  const t = useTranslations("narrative.saved");
  const { version, author, at, moved, body } = saved;
  const unbound = unboundIn(body.paragraphs.flatMap(({ head, pieces }) => [head ?? "", ...pieces]));
  const latest = view.texts[0]?.version ?? version;
  return (
    <Callout
      tone={moved > 0 ? "warning" : "info"}
      title={moved > 0 ? t("moved", { count: moved }) : undefined}
      actions={
        view.mayWrite && (
          <VersionButtons
            asked={asked}
            lang={locale}
            version={version}
            latest={latest}
            moved={moved > 0}
          />
        )
      }
    >
      <p>{t("lead", { version, author: nameOf(author, locale), at: momentText(at) })}</p>
      <p>{moved > 0 ? t("movedLead") : t("same")}</p>
      {unbound.length > 0 && (
        <p>{t("unbound", { count: unbound.length, numbers: listText(unbound, locale) })}</p>
      )}
    </Callout>
  );
}

function Filter({ view, locale }: NarrativePaperProps) {
  const t = useTranslations("narrative");
  const { reference, root, year, length } = view;
  return (
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
  );
}

function Editing({ view, asked, locale }: PartProps) {
  const t = useTranslations("narrative");
  const { saved, narrative, texts, userId } = view;
  const body = saved
    ? {
        title: saved.body.title,
        // what a number is now belongs to reading: it is written with what it was saved with
        paragraphs: withTokens(saved.body.paragraphs, ({ now: _now, ...token }) => token),
      }
    : bodyOf(narrative);
  return (
    <div className="stack">
      <PageHeader title={t("editing")} />
      <TextEditor
        asked={asked}
        lang={locale}
        userId={userId}
        source={saved?.version ?? null}
        latest={texts[0]?.version ?? 0}
        seq={saved?.seq ?? narrative.seq}
        body={body}
      />
    </div>
  );
}

/** 工作简报 on screen: the sentences that the files hold, each number a way to its vouchers. */
export function NarrativePaper({ view, locale }: NarrativePaperProps) {
  const { root, year, length, saved, texts, editing } = view;
  const asked = { year, org: root.code, length };
  if (editing) return <Editing view={view} asked={asked} locale={locale} />;
  const { heading, paragraphs, signed } = shownText(view);
  const [title, period] = heading;
  return (
    <div className="stack">
      <div className="no-print stack">
        <Head view={view} asked={asked} locale={locale} />
        <Filter view={view} locale={locale} />
        {saved && <SavedNote saved={saved} view={view} asked={asked} locale={locale} />}
      </div>
      <div className={styles.desk}>
        <article className={styles.paper} aria-label={title}>
          <h2 className={styles.title}>{title}</h2>
          <p className={styles.period}>{period}</p>
          {saved
            ? saved.body.paragraphs.map((one, at) => <SavedProse key={at} {...one} />)
            : paragraphs.map((paragraph, at) => <Prose key={at} paragraph={paragraph} />)}
          <p className={styles.signed}>{signed}</p>
        </article>
        <div className="no-print">
          <VersionsCard asked={asked} texts={texts} shown={saved?.version} locale={locale} />
        </div>
      </div>
    </div>
  );
}

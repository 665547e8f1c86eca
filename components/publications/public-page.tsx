import { useTranslations } from "next-intl";
import type { Presentation } from "@/components/figures/presentation";
import { FigureTable } from "@/components/table/figure-table";
import { AppLink } from "@/components/ui/app-link";
import { Card } from "@/components/ui/card";
import { StatFigure, StatRow } from "@/components/ui/stat-figure";
import { publicHref } from "@/lib/features/publications/address";
import {
  amountOf,
  countOf,
  lineName,
  orderedLines,
  programmeName,
  readerOf,
  rootLine,
  type PublicWords,
} from "@/lib/features/publications/present";
import { ALL, PUBLIC_COUNTS, type Published } from "@/lib/features/publications/types";
import { momentText, wholeText } from "@/lib/kernel/written";
import { OpenData } from "./open-data";
import { PublicHead } from "./public-head";
import { PublicMap } from "./public-map";
import { PublicTiles } from "./public-tiles";
import styles from "./publications.module.css";

type Props = {
  published: Published;
  years: readonly number[];
  show: Presentation;
  /** 审图号; without one no outline is drawn. */
  review: string | undefined;
};
type Part = { published: Published; words: PublicWords };

const end = { align: "end" as const };

function Headline({ published: { table, year }, words }: Part) {
  const t = useTranslations("publicPage");
  const unit = useTranslations("common.unit")(words.unit);
  const read = readerOf(table);
  const counties = table.lines.filter(
    ({ kind, line }) => kind === "county" && read(line, ALL) !== null,
  );
  const hidden = table.cells.filter((cell) => cell.hidden).length;
  return (
    <StatRow label={t("headline", { year: String(year) })}>
      <StatFigure
        label={t("whole", { year: String(year) })}
        value={amountOf(read(rootLine(table), ALL), words)}
        unit={unit}
      />
      <StatFigure label={t("programmes")} value={wholeText(table.programmes.length)} />
      <StatFigure label={t("counties")} value={wholeText(counties.length)} />
      <StatFigure label={t("hiddenCells")} value={wholeText(hidden)} note={t("hiddenNote")} />
    </StatRow>
  );
}

function Programmes({ published: { table }, words }: Part) {
  const t = useTranslations("publicPage");
  const common = useTranslations("common.unit");
  const read = readerOf(table);
  const root = rootLine(table);
  return (
    <Card title={t("byProgramme")} note={t("peopleNote")} flush>
      <FigureTable
        caption={t("byProgramme")}
        columns={[
          { id: "programme", header: t("programme"), width: "9em" },
          { id: "amount", header: t("amount"), unit: common(words.unit), ...end },
          ...PUBLIC_COUNTS.map((id) => ({ id, header: t(`count.${id}`), ...end })),
        ]}
        rows={table.programmes.map((programme) => {
          const cell = read(root, programme.code);
          return {
            key: programme.code,
            cells: [
              programmeName(programme, words.locale),
              amountOf(cell, words),
              ...PUBLIC_COUNTS.map((unit) => countOf(cell, unit, words)),
            ],
          };
        })}
        totals={[
          t("all"),
          amountOf(read(root, ALL), words),
          ...PUBLIC_COUNTS.map(() => t("notAdded")),
        ]}
      />
    </Card>
  );
}

function Counties({ published: { table }, words }: Part) {
  const t = useTranslations("publicPage");
  const unit = useTranslations("common.unit")(words.unit);
  const read = readerOf(table);
  const columns = [{ code: ALL }, ...table.programmes];
  const cells = (line: string) => columns.map(({ code }) => amountOf(read(line, code), words));
  return (
    <Card title={t("byCounty")} note={t("byCountyNote", { unit })} flush>
      <FigureTable
        caption={t("byCounty")}
        columns={[
          { id: "place", header: t("place"), width: "9em" },
          { id: ALL, header: t("all"), unit, ...end },
          ...table.programmes.map((programme) => ({
            ...{ id: programme.code, header: programmeName(programme, words.locale) },
            ...{ width: "6em", ...end },
          })),
        ]}
        rows={orderedLines(table).map((line) => ({
          key: line.line,
          emphasis: line.kind === "prefecture",
          level: line.prefecture === null ? undefined : 1,
          cells: [lineName(line, words), ...cells(line.line)],
        }))}
        totals={[t("province"), ...cells(rootLine(table))]}
      />
    </Card>
  );
}

function Notes({ published: { table, at, seq, no, sha256 } }: Pick<Part, "published">) {
  const t = useTranslations("publicPage");
  return (
    <Card title={t("notes")}>
      <ul className={styles.notes}>
        <li>{t("notesHidden")}</li>
        <li>{t("notesSigns")}</li>
        <li>{t("notesCounts")}</li>
        <li>{t("notesYear")}</li>
        <li>{t("notesStamp", { at: momentText(at), seq, no, definition: table.definition })}</li>
        <li className={styles.digest}>{t("notesDigest", { sha256 })}</li>
        {table.contact !== null && <li>{t("contact", { contact: table.contact })}</li>}
      </ul>
    </Card>
  );
}

/** What the province published of a year: everything on it stands in the publication, and nothing is asked anew. */
export function PublicPage({ published, years, show, review }: Props) {
  const t = useTranslations("publicPage");
  const words: PublicWords = {
    ...show,
    hidden: t("hidden"),
    unpriced: t("unpriced"),
    own: (name) => t("own", { name }),
  };
  const part = { published, words };
  const { year } = published;
  return (
    <main className={styles.page}>
      <PublicHead title={t("titleOf", { year: String(year) })} />
      <p className={styles.lead}>{t("lead")}</p>
      {years.length > 1 && (
        <nav aria-label={t("years")} className={styles.years}>
          {years.map((one) =>
            one === year ? (
              <strong key={one} aria-current="page">
                {t("year", { year: String(one) })}
              </strong>
            ) : (
              <AppLink key={one} href={publicHref(one)}>
                {t("year", { year: String(one) })}
              </AppLink>
            ),
          )}
        </nav>
      )}
      <Headline {...part} />
      <Programmes {...part} />
      {review ? <PublicMap {...part} review={review} /> : <PublicTiles {...part} />}
      <Counties {...part} />
      <Notes published={published} />
      <OpenData published={published} />
    </main>
  );
}

import "server-only";
import { placeInName } from "@/lib/features/files/present";
import type { ExportFile } from "@/lib/features/files/queries";
import { narrativeWords } from "@/lib/features/narratives/labels";
import { narrativeText } from "@/lib/features/narratives/present";
import { getNarrative } from "@/lib/features/narratives/queries";
import type { BriefFormat, Length, Narrative } from "@/lib/features/narratives/types";
import { getPrintedText } from "@/lib/features/narrative-texts/queries";
import { summaryWords } from "@/lib/features/summary/labels";
import type { Stamp } from "@/lib/kernel/position";
import type { Locale } from "@/lib/kernel/preferences";
import type { Scope } from "@/lib/kernel/scope";
import type { Reader } from "@/lib/platform/db";
import { textFile } from "@/lib/platform/spreadsheet";
import { wordFile, type WordText } from "@/lib/platform/word";

type Asking = {
  db: Reader;
  scope: Scope;
  locale: Locale;
  query: {
    year: number;
    org?: string | undefined;
    length: Length;
    format: BriefFormat;
    version?: number | undefined;
  } & Stamp;
};

const TYPES: Record<BriefFormat, string> = {
  txt: "text/plain; charset=utf-8",
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
};

/** A brief whose prose may have been edited. */
type BriefText = Pick<Narrative, "heading" | "paragraphs" | "signed" | "asOf">;

/** A number can be found again in a document that somebody else went on editing: its bookmark says which figure it is. */
function wordText({ heading, paragraphs, signed, asOf }: BriefText, locale: Locale): WordText {
  const [title = "", ...below] = heading;
  const marks: WordText["marks"] = [];
  const marked = paragraphs.map(({ head, pieces }) => ({
    head,
    runs: pieces.map((piece) => {
      if (typeof piece === "string") return piece;
      const mark = `figure_${String(marks.length + 1).padStart(3, "0")}`;
      marks.push({ name: mark, value: `${piece.value} ${piece.unit} ${piece.figure}` });
      return { text: piece.text, mark };
    }),
  }));
  return {
    title,
    subtitle: below.join(""),
    paragraphs: marked,
    signed,
    marks,
    lang: locale === "en" ? "en-US" : "zh-CN",
    created: new Date(asOf),
  };
}

/** The brief as a document of 公文 habits, a bookmark a number; the same brief makes the same bytes. */
export const narrativeDocx = (brief: BriefText, locale: Locale): Promise<Uint8Array<ArrayBuffer>> =>
  wordFile(wordText(brief, locale));

/** Word for word that of the screen. Notepad of older Windows shows a text of bare line feeds in one line. */
export const narrativeTxt = (brief: BriefText): Uint8Array<ArrayBuffer> =>
  textFile([narrativeText(brief).text.replaceAll("\n", "\r\n")]);

const bodyOf = (brief: BriefText, format: BriefFormat, locale: Locale) =>
  format === "docx" ? narrativeDocx(brief, locale) : narrativeTxt(brief);

/** The work brief as a file. */
export async function getNarrativeFile({ db, scope, locale, query }: Asking): Promise<ExportFile> {
  const { format, version, ...asked } = query;
  const { year, length } = asked;
  const { narrative, root, sums } = await getNarrative({ db, scope, query: { ...asked, lang: locale } }); // prettier-ignore
  const { product } = summaryWords(locale);
  const brief =
    version === undefined
      ? narrative
      : await getPrintedText({ db, scope, year, org: root.code, lang: locale, version });
  const parts = [product, narrativeWords(locale).file, year, placeInName(root, locale), ...(version === undefined ? [] : [`v${version}`])]; // prettier-ignore
  const name = `${parts.join("_")}.${format}`;
  const { asOf } = brief;
  return {
    name,
    type: TYPES[format],
    body: await bodyOf(brief, format, locale),
    record: {
      name,
      organisationId: root.id,
      body: {
        ...{ kind: "narrative", year, org: root.code, length, format },
        ...(version === undefined ? {} : { version }),
        ...{ records: sums.records, amountFen: sums.amountFen.toString(), asOf },
      },
    },
  };
}

import "server-only";

/** A run of prose; one that is marked can be found again under its bookmark. */
type WordRun = string | { text: string; mark: string };
export type WordText = {
  title: string;
  subtitle: string;
  paragraphs: { head: string | null; runs: WordRun[] }[];
  signed: string;
  /** What each mark stands for, kept in the file beside the text. */
  marks: { name: string; value: string }[];
  lang: "zh-CN" | "en-US";
  /** The day the file says it was made: the same text and day make the same bytes. */
  created: Date;
};

/** The faces of 党政机关公文格式 (GB/T 9704), with what a desk without them has instead. */
const FACES = {
  title: { name: "方正小标宋简体", instead: "SimSun", panose: "02010600030101010101" },
  body: { name: "仿宋_GB2312", instead: "FangSong", panose: "02010609060101010101" },
  head: { name: "黑体", instead: "SimHei", panose: "02010609060101010101" },
};
const LATIN = "Times New Roman";
const face = (of: keyof typeof FACES) => ({ ascii: LATIN, hAnsi: LATIN, cs: LATIN, eastAsia: FACES[of].name }); // prettier-ignore

/** In half points: 二号, 三号, 四号. */
const SIZES = { title: 44, body: 32, page: 28 };
/** 28.95 pt, twenty-two lines a page. */
const LINE = { line: 579, lineRule: "exact" as const };
const TWO_CHARACTERS = 640;
/** A4 with the type area of 156 × 225 mm. */
const PAGE = {
  size: { width: 11906, height: 16838 },
  margin: { top: "37mm", bottom: "35mm", left: "28mm", right: "26mm" },
} as const;

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (one) => `&#${String(one.charCodeAt(0))};`);

const DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';

function coreProperties({ title, created }: WordText): string {
  const day = created.toISOString().replace(/\.\d+Z$/, "Z");
  const time = (what: string) => `<dcterms:${what} xsi:type="dcterms:W3CDTF">${day}</dcterms:${what}>`; // prettier-ignore
  return `${DECLARED}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>${escaped(title)}</dc:title><dc:creator>Nuanzhang 暖账</dc:creator>${time("created")}${time("modified")}</cp:coreProperties>`;
}

function fontTable(): string {
  const fonts = Object.values(FACES).map(
    ({ name, instead, panose }) =>
      `<w:font w:name="${name}"><w:altName w:val="${instead}"/><w:panose1 w:val="${panose}"/><w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>`,
  );
  return `${DECLARED}<w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">${fonts.join("")}</w:fonts>`;
}

const LOCAL = 0x04034b50;
const LISTED = 0x02014b50;
const END = 0x06054b50;
/** 1 January 1980, 00:00. */
const DAY_ONE = 0x00210000;

/** An archive’s own dates are the moment it was packed; here every one becomes the first day that one can say. */
function withoutDates(archive: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(archive);
  const view = new DataView(bytes.buffer);
  const end = bytes.length - 22;
  if (view.getUint32(end, true) !== END)
    throw new Error("the archive does not end where it should");
  let at = view.getUint32(end + 16, true);
  while (view.getUint32(at, true) === LISTED) {
    const local = view.getUint32(at + 42, true);
    if (view.getUint32(local, true) !== LOCAL) throw new Error("a part is not where it is listed");
    view.setUint32(local + 10, DAY_ONE, true);
    view.setUint32(at + 12, DAY_ONE, true);
    at += 46 + [28, 30, 32].reduce((sum, field) => sum + view.getUint16(at + field, true), 0);
  }
  if (at !== end) throw new Error("the list of parts does not end where it should");
  return bytes;
}

type Docx = Awaited<ReturnType<typeof load>>;
/** Half a megabyte that only whoever asks for a document needs. */
const load = () => import("docx");

/** The library numbers bookmarks through the whole life of the process: here they begin anew in every file. */
function textRuns(docx: Docx, runs: readonly WordRun[], next: () => number) {
  const { Bookmark, BookmarkEnd, BookmarkStart, TextRun } = docx;
  return runs.map((run) => {
    if (typeof run === "string") return new TextRun(run);
    const id = next();
    const bookmark = new Bookmark({ id: run.mark, children: [new TextRun(run.text)] });
    const numbered = { start: new BookmarkStart(run.mark, id), end: new BookmarkEnd(id) };
    return Object.assign(bookmark, numbered);
  });
}

function paragraphsOf(docx: Docx, text: WordText) {
  const { AlignmentType, Paragraph, TextRun } = docx;
  const { title, subtitle, paragraphs, signed } = text;
  let bookmarks = 0;
  const next = () => ++bookmarks;
  const indent = text.lang === "zh-CN" ? { firstLine: TWO_CHARACTERS } : {};
  return [
    new Paragraph({
      alignment: AlignmentType.CENTER,
      heading: docx.HeadingLevel.TITLE,
      children: [new TextRun({ text: title, font: face("title"), size: SIZES.title })],
    }),
    new Paragraph({
      alignment: AlignmentType.CENTER,
      spacing: { ...LINE, after: 579 },
      children: [new TextRun(subtitle)],
    }),
    ...paragraphs.map(
      ({ head, runs }) =>
        new Paragraph({
          alignment: AlignmentType.BOTH,
          indent,
          children: [
            ...(head === null
              ? []
              : [new TextRun({ text: head, font: face("head"), bold: text.lang === "en-US" })]),
            ...textRuns(docx, runs, next),
          ],
        }),
    ),
    new Paragraph({
      alignment: AlignmentType.RIGHT,
      spacing: { ...LINE, before: 579 },
      children: [new TextRun(signed)],
    }),
  ];
}

/** The text as a Word document, set as public bodies set theirs. */
export async function wordFile(text: WordText): Promise<Uint8Array<ArrayBuffer>> {
  const docx = await load();
  const { AlignmentType, Document, Footer, Packer, PageNumber, Paragraph, TextRun } = docx;
  const footer = new Footer({
    children: [
      new Paragraph({
        alignment: AlignmentType.CENTER,
        children: [new TextRun({ size: SIZES.page, children: ["— ", PageNumber.CURRENT, " —"] })],
      }),
    ],
  });
  const document = new Document({
    title: text.title,
    customProperties: text.marks,
    styles: {
      default: {
        document: {
          run: { font: face("body"), size: SIZES.body, language: { value: "en-US", eastAsia: "zh-CN" } }, // prettier-ignore
          paragraph: { spacing: LINE },
        },
        title: { paragraph: { spacing: { line: 640, lineRule: "exact", after: 200 } } },
      },
    },
    sections: [{ properties: { page: PAGE }, footers: { default: footer }, children: paragraphsOf(docx, text) }], // prettier-ignore
  });
  const archive = await Packer.toBuffer(document, undefined, [
    { path: "docProps/core.xml", data: coreProperties(text) },
    { path: "word/fontTable.xml", data: fontTable() },
  ]);
  return withoutDates(archive);
}

import "server-only";
import { cardOf } from "@/lib/features/dashboard/present";
import { getDashboard } from "@/lib/features/dashboard/queries";
import type { CardId } from "@/lib/features/dashboard/types";
import { filterWords, placeInName } from "@/lib/features/files/present";
import type { ExportFile } from "@/lib/features/files/queries";
import type { FigureFilter } from "@/lib/features/filter/types";
import { summaryWords } from "@/lib/features/summary/labels";
import type { Actor } from "@/lib/kernel/actor";
import { AppError } from "@/lib/kernel/app-error";
import { checkpointLine } from "@/lib/kernel/checkpoint";
import { csvLine } from "@/lib/kernel/csv";
import { FILE_TYPES, type FileFormat } from "@/lib/kernel/file-format";
import { civilDateInChina } from "@/lib/kernel/fiscal-year";
import { yearInName } from "@/lib/kernel/year-axis";
import type { MoneyUnit } from "@/lib/kernel/money";
import type { Locale } from "@/lib/kernel/preferences";
import type { Scope } from "@/lib/kernel/scope";
import { cardSayings } from "@/lib/platform/card-words";
import { latestCheckpoint } from "@/lib/platform/checkpoint";
import type { Reader } from "@/lib/platform/db";
import { textFile, workbookFile } from "@/lib/platform/spreadsheet";
import { labelsOf } from "@/lib/platform/words";
import { cardLines, cardSheet, cardWorkbook } from "./present";
import { refuseUnknownCode } from "@/lib/features/filter/queries";

type Asking = {
  db: Reader;
  scope: Scope;
  actor: Actor;
  locale: Locale;
  now: Date;
  query: FigureFilter & { card: CardId; format: FileFormat; unit: MoneyUnit };
};

/** One card of the dashboard as a file: the very table the page shows, every row of it. */
export async function getCardFile(input: Asking): Promise<ExportFile> {
  const { db, scope, actor, locale, now, query } = input;
  const { card, format, unit, ...asked } = query;
  const today = civilDateInChina(now);
  const view = await getDashboard({ db, scope, actor, asked, today });
  refuseUnknownCode(asked, view.ignored);
  const words = { locale, unit, ...cardSayings(locale) };
  const table = cardOf(card, view, words);
  if (table === null) throw new AppError("NOT_FOUND");
  const filter = filterWords(view.filter, view.reference, labelsOf(locale), locale);
  const checkpoint = await latestCheckpoint(db);
  const sheet = cardSheet({
    table,
    view,
    words,
    filter,
    checkpoint: checkpoint && checkpointLine(checkpoint, locale),
  });
  const { product, unitName } = summaryWords(locale);
  const titled = locale === "en" ? table.title.replace(/[^\w]+/g, "-") : table.title;
  const year = yearInName(locale, view.filter.yearAxis, view.filter.year);
  const parts = [product, year, titled, placeInName(view.root, locale), unitName[unit]];
  const name = `${parts.join("_")}.${format}`;
  const { records, amountFen } = view.now.totals;
  return {
    name,
    type: FILE_TYPES[format],
    body:
      format === "xlsx"
        ? await workbookFile([cardWorkbook(sheet, words)], { title: table.title, created: now })
        : textFile(cardLines(sheet, words).map(csvLine)),
    record: {
      name,
      organisationId: view.root.id,
      body: { kind: "card", card, format, unit, filter, records, amountFen, asOf: view.now.asOf },
    },
  };
}

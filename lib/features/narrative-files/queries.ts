import "server-only";
import { placeInName } from "@/lib/features/files/present";
import type { ExportFile } from "@/lib/features/files/queries";
import { narrativeWords } from "@/lib/features/narratives/labels";
import { narrativeText } from "@/lib/features/narratives/present";
import { getNarrative } from "@/lib/features/narratives/queries";
import type { Length } from "@/lib/features/narratives/types";
import { summaryWords } from "@/lib/features/summary/labels";
import type { Locale } from "@/lib/kernel/preferences";
import type { Scope } from "@/lib/kernel/scope";
import type { Reader } from "@/lib/platform/db";
import { textFile } from "@/lib/platform/spreadsheet";

type Asking = {
  db: Reader;
  scope: Scope;
  locale: Locale;
  query: { year: number; org?: string | undefined; length: Length };
};

/** The work brief as a text file: word for word that of the screen. */
export async function getNarrativeFile({ db, scope, locale, query }: Asking): Promise<ExportFile> {
  const { year, length } = query;
  const { narrative, root, sums } = await getNarrative({ db, scope, query: { ...query, lang: locale } }); // prettier-ignore
  const { product } = summaryWords(locale);
  const parts = [product, narrativeWords(locale).file, year, placeInName(root, locale)];
  const name = `${parts.join("_")}.txt`;
  const { asOf } = narrative;
  const lines = narrativeText(narrative).text.split("\n");
  return {
    name,
    type: "text/plain; charset=utf-8",
    // Notepad of older Windows shows a text of bare line feeds in one line
    body: textFile([lines.join("\r\n")]),
    record: {
      name,
      organisationId: root.id,
      body: {
        ...{ kind: "narrative", year, org: root.code, length, format: "txt" },
        ...{ records: sums.records, amountFen: sums.amountFen.toString(), asOf },
      },
    },
  };
}

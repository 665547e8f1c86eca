import { summaryWords } from "@/lib/features/summary/labels";
import { sheetsOfParts } from "@/lib/features/summary/paper";
import type { PaperSheet } from "@/lib/features/summary/types";
import { textIn, type LayoutTable } from "./present";
import type { Layout, LayoutWords } from "./types";

/** 表一, 表二: as few widths of paper as hold the parts of a layout, each named by what it has of them. */
export function layoutSheets(
  { paper, parts }: LayoutTable,
  { blocks }: Layout,
  words: Pick<LayoutWords, "locale" | "unit">,
): PaperSheet[] {
  const sheets = sheetsOfParts(paper, parts, words);
  if (sheets.length < 2) return sheets;
  return sheets.map((sheet, at) => {
    const names = blocks.flatMap(({ name }, block) =>
      parts[block]?.some((column) => sheet.columns.includes(column))
        ? [textIn(name, words.locale)]
        : [],
    );
    const said = names.filter((name) => name !== "");
    return { ...sheet, title: summaryWords(words.locale).sheetTitle(at + 1, said) };
  });
}

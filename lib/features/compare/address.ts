import { addressOf } from "@/lib/features/filter/address";
import type { FigureFilter } from "@/lib/features/filter/types";
import type { FileFormat } from "@/lib/kernel/file-format";
import type { MoneyUnit } from "@/lib/kernel/money";
import type { CompareAsked, CompareSection } from "./types";

/** The usual span is not said; the same comparison has the same address. */
function wordsOf({ of, span, a, b, c }: CompareAsked): Record<string, string> {
  const said = { of, a, b, c, span: span === "whole" ? span : undefined };
  return Object.fromEntries(
    Object.entries(said).filter((pair): pair is [string, string] => pair[1] !== undefined),
  );
}

export const compareHref = (common: FigureFilter, asked: CompareAsked = {}): string =>
  addressOf("/compare", common, wordsOf(asked));

export const compareExportHref = (
  common: FigureFilter,
  asked: CompareAsked,
  file: { format: FileFormat; unit: MoneyUnit; section?: CompareSection["id"] },
): string => addressOf("/api/v1/exports/compare", common, { ...wordsOf(asked), ...file });

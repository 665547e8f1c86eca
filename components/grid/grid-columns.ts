import type { ComboboxOption } from "@/components/form/combobox-filter";
import { keywordsOf } from "@/components/disbursements/entry/keywords";
import { nameOf } from "@/lib/features/reference/present";
import type { Coded, Reference } from "@/lib/features/reference/types";
import { headingOf, isMoney, sourceOf } from "@/lib/features/rows/labels";
import { rowColumns, type RowColumn } from "@/lib/features/rows/types";
import { COUNT_UNITS } from "@/lib/kernel/counts";
import type { Locale } from "@/lib/kernel/preferences";

/** So many sources a row of the table has; more are rare and have the form. */
const SOURCES = 3;

export const ALL_COLUMNS: readonly RowColumn[] = rowColumns(SOURCES);

export type ColumnKind = "choice" | "money" | "count" | "day" | "text";

const CHOICES: readonly RowColumn[] = [
  "organisation",
  "programme",
  "aidCategory",
  "recipientKind",
  "form",
  "amountKind",
  "campaign",
];
const COUNTS: readonly RowColumn[] = [...COUNT_UNITS, "rateCount", "rateTimes"];
const DAYS: readonly RowColumn[] = ["paidOn", "periodFrom", "periodTo"];

export function kindOf(column: RowColumn): ColumnKind {
  if (isMoney(column)) return "money";
  if (CHOICES.includes(column) || sourceOf(column)?.part === "source") return "choice";
  if (COUNTS.includes(column)) return "count";
  return DAYS.includes(column) ? "day" : "text";
}

export const isColumn = (name: string): name is RowColumn =>
  (ALL_COLUMNS as readonly string[]).includes(name);

const WIDTHS: Record<ColumnKind, number> = {
  choice: 116,
  money: 124,
  count: 68,
  day: 108,
  text: 180,
};
const OWN_WIDTHS: Partial<Record<RowColumn, number>> = {
  programme: 148,
  form: 92,
  organisation: 180,
};

/** Households takes the room of three characters more than 户数. */
const ENGLISH_COUNT = 116;

export function firstWidth(column: RowColumn, locale: Locale): number {
  const kind = kindOf(column);
  if (kind === "count" && locale === "en") return ENGLISH_COUNT;
  return OWN_WIDTHS[column] ?? WIDTHS[kind];
}

/** 金额（元） in two lines: what, and in which unit. */
export function headingParts(
  column: RowColumn,
  locale: Locale,
): { name: string; unit: string | null } {
  const [, name, unit] = /^(.*?)\s?[（(]([^（()）]+)[)）]$/.exec(headingOf(column, locale)) ?? [];
  return name === undefined || unit === undefined
    ? { name: headingOf(column, locale), unit: null }
    : { name, unit };
}

/** What a table of these programmes begins with. */
export function firstColumns(
  { programmes }: Reference,
  chosen: readonly string[],
  several: boolean,
): RowColumn[] {
  const units = programmes
    .filter(({ code }) => chosen.includes(code))
    .map(({ mainUnit }) => mainUnit);
  const counted = new Set([...units, "households" as const, "persons" as const]);
  const wanted = new Set<RowColumn>([
    ...(several ? (["organisation"] as const) : []),
    ...(["programme", "aidCategory", "recipientKind", "form", "paidOn", "amount"] as const),
    ...counted,
    "fundSource1",
    "campaign",
    "note",
  ]);
  return ALL_COLUMNS.filter((column) => wanted.has(column));
}

/** What a cell of a choice may say, as it is written into it. */
export function choicesOf(
  column: RowColumn,
  reference: Reference,
  locale: Locale,
  words: { forms: readonly ComboboxOption[]; amountKinds: readonly ComboboxOption[] },
): readonly ComboboxOption[] {
  const listed = (items: readonly (Coded & { active?: boolean })[]) =>
    items
      .filter(({ active }) => active !== false)
      .map((item) => ({
        value: nameOf(item, locale),
        label: nameOf(item, locale),
        keywords: `${item.code} ${keywordsOf(item)}`,
      }));
  if (sourceOf(column)) return listed(reference.fundSources);
  switch (column) {
    case "organisation":
      return listed(reference.organisations);
    case "programme":
      return listed(reference.programmes);
    case "aidCategory":
      return listed(reference.aidCategories);
    case "recipientKind":
      return listed(reference.recipientKinds);
    case "campaign":
      return listed(reference.campaigns);
    case "form":
      return words.forms;
    default:
      return column === "amountKind" ? words.amountKinds : [];
  }
}

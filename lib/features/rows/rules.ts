import { emptyEntry, splitCounts } from "@/lib/features/entry/present";
import { readEntry } from "@/lib/features/entry/rules";
import type { EntryReading, EntryValues } from "@/lib/features/entry/types";
import { nameOf, placeName, placeShortName } from "@/lib/features/reference/present";
import type { Coded, Programme } from "@/lib/features/reference/types";
import { readAmount } from "@/lib/kernel/amount-reading";
import { readCount } from "@/lib/kernel/count-reading";
import { COUNT_UNITS, eachCount } from "@/lib/kernel/counts";
import { formatFen, type MoneyUnit } from "@/lib/kernel/money";
import { hasAmount, type AidForm } from "@/lib/kernel/record-codes";
import { eachText, TEXT_FIELDS, TEXT_NAMES } from "@/lib/kernel/record-fields";
import { isStorable, visibleText } from "@/lib/kernel/typed-text";
import { wholeText } from "@/lib/kernel/written";
import {
  ALIASES,
  amountKindNamed,
  columnOf,
  foldName,
  formNamed,
  isEmptyCell,
  isMoney,
  sourceOf,
} from "./labels";
import type {
  CellKinds,
  CellReading,
  CellSaid,
  RowColumn,
  RowReading,
  RowsInput,
  RowTexts,
} from "./types";

type Item = Coded & { active?: boolean };
type Finder = (text: string) => readonly Item[];

/** By code and by every name; of two that are called the same, the one in use. */
function finderOf<I extends Item>(
  list: readonly I[],
  called: (item: I) => readonly string[],
): Finder {
  const found = new Map<string, I[]>();
  for (const item of list) {
    const words = [item.code, item.nameZh, item.nameEn, ...called(item)].map(foldName);
    for (const word of new Set(words)) found.set(word, [...(found.get(word) ?? []), item]);
  }
  return (text) => {
    const items = found.get(foldName(text)) ?? [];
    const inUse = items.filter(({ active }) => active !== false);
    return inUse.length > 0 ? inUse : items;
  };
}

type ListColumn = "organisation" | "programme" | "campaign" | "aidCategory" | "recipientKind";

/** What many rows are read against, made once. */
export type RowContext = RowsInput & {
  find: Record<ListColumn | "fundSource", Finder>;
  programmes: ReadonlyMap<string, Programme>;
};

export function rowContext(input: RowsInput): RowContext {
  const { reference } = input;
  const places = (place: Coded) => [
    placeName(place, "zh-CN"),
    placeName(place, "en"),
    placeShortName(place, "zh-CN"),
    placeShortName(place, "en"),
  ];
  const known = (list: keyof typeof ALIASES) =>
    finderOf<Item>(reference[list], ({ code }) => ALIASES[list][code] ?? []);
  return {
    ...input,
    programmes: new Map(reference.programmes.map((programme) => [programme.code, programme])),
    find: {
      organisation: finderOf(reference.organisations, places),
      programme: known("programmes"),
      campaign: finderOf(reference.campaigns, () => []),
      aidCategory: known("aidCategories"),
      recipientKind: known("recipientKinds"),
      fundSource: known("fundSources"),
    },
  };
}

/** A cell that a spreadsheet could not show, or has cut: what stood there is gone. */
function damage(text: string): CellSaid | null {
  if (/^#+$/.test(text)) return { key: "columnNarrow" };
  if (/^#(?:DIV\/0!|N\/A|REF!|NAME\?|VALUE!|NUM!|NULL!)$/i.test(text))
    return { key: "sheetError", values: { value: text } };
  if (/^\d(?:\.\d+)?E\+?\d+$/i.test(text)) return { key: "numberCut", values: { value: text } };
  return null;
}

/** 61.58 under 金额（万元） is 61.58万元; what names its own unit stays as it is. */
export function inUnit(text: string, unit: MoneyUnit | undefined): { text: string; own: boolean } {
  const visible = visibleText(text);
  if (unit !== "wan" || visible === "") return { text, own: false };
  const digits = /\d/.test(visible);
  const own = digits ? /[十百千万亿w元圆块角分]|million|yuan/i : /[万亿元圆块角分]/;
  if (own.test(visible)) return { text, own: true };
  const said = digits ? visible.replace(/\d[\d,.'’]*/, "$&万元") : `${visible}万元`;
  return { text: said, own: false };
}

const DATES = ["paidOn", "periodFrom", "periodTo"] as const;
const OF_MONEY = ["amount", "cash", "goods", "rateUnit", "rateCount", "rateTimes"] as const;

/** What is said in words of the table where the form would speak of itself. */
const SAID_OF_ROWS: Record<string, string> = { dateNoDay: "dateNoDayInRow", choose: "required" };

/** One row on its way to a form: what each cell says, and what is to be said of it. */
class Row {
  readonly cells: RowReading["cells"] = {};
  readonly brought: RowTexts = {};
  private readonly texts: RowTexts;
  private readonly context: RowContext;

  constructor(texts: RowTexts, context: RowContext, kinds: CellKinds) {
    this.context = context;
    this.texts = { ...context.constants };
    for (const [name, text = ""] of Object.entries(this.texts))
      if (isEmptyCell(texts[name as RowColumn] ?? "")) this.brought[name as RowColumn] = text;
    for (const [name, text = ""] of Object.entries(texts)) {
      const column = name as RowColumn;
      if (isEmptyCell(text) && !(column === "amountKind" && text !== "")) continue;
      const broken = damage(visibleText(text)) ?? this.number(column, text, kinds[column]);
      if (broken) this.problem(column, broken);
      this.texts[column] = broken ? "" : text;
    }
  }

  private number(column: RowColumn, text: string, kind: string | undefined): CellSaid | null {
    const day = DATES.some((name) => name === column);
    const unclear = day && kind === "number" && /^\d{4}\.\d{1,2}$/.test(visibleText(text));
    return unclear ? { key: "dateAsNumber", values: { value: text } } : null;
  }

  text = (column: RowColumn): string => this.texts[column] ?? "";
  has = (column: RowColumn): boolean => this.text(column) !== "";
  columns = (): RowColumn[] => Object.keys(this.texts) as RowColumn[];

  private say(column: RowColumn, said: CellReading): void {
    this.cells[column] = { ...said, ...this.cells[column] };
  }
  problem(column: RowColumn, { key, values }: CellSaid): void {
    const said = SAID_OF_ROWS[key] ?? key;
    this.say(column, { problem: values ? { key: said, values } : { key: said } });
  }
  note = (column: RowColumn, key: string): void => this.say(column, { note: { key } });
  echo(column: RowColumn, read: string): void {
    if (visibleText(this.text(column)) !== read) this.say(column, { echo: read });
  }

  /** The code that a cell names; what it cannot be is said. */
  code(column: RowColumn, items: readonly Item[]): string {
    const value = this.text(column);
    if (value === "") return "";
    const [item, other] = items;
    if (!item) this.problem(column, { key: "unknownName", values: { value } });
    else if (other)
      this.problem(column, { key: "ambiguousName", values: { value, codes: items.map(({ code }) => code).join("、") } }); // prettier-ignore
    else if (item.active === false) this.problem(column, { key: "inactive" });
    else {
      this.echo(column, nameOf(item, this.context.locale));
      return item.code;
    }
    return "";
  }

  /** Without a word in its cell. */
  brings(column: RowColumn, read: string): void {
    this.brought[column] = read;
    this.echo(column, read);
  }

  found = (column: ListColumn): string => this.code(column, this.context.find[column](this.text(column))); // prettier-ignore

  money(column: RowColumn): string {
    const { text, own } = inUnit(this.text(column), this.context.units?.[column]);
    if (own) this.note(column, "unitInCell");
    return text;
  }

  failed = (): boolean => Object.values(this.cells).some((cell) => cell?.problem !== undefined);
}

function campaignOf(row: Row, { find, reference }: RowContext, programme: string) {
  const named = find.campaign(row.text("campaign"));
  const campaigns = reference.campaigns.filter((one) =>
    named.some(({ code }) => code === one.code),
  );
  const fitting = campaigns.filter((one) => programme === "" || one.programme === programme);
  if (campaigns.length > 0 && fitting.length === 0)
    row.problem("campaign", { key: "campaignMismatch" });
  const code = row.code("campaign", fitting.length > 0 ? fitting : campaigns);
  return fitting.find((one) => one.code === code);
}

type What = Pick<EntryValues, "organisation" | "programme" | "campaign" | "aidCategory" | "recipientKind">; // prettier-ignore

/** Codes by their names; what the programme usually brings stands where nothing is said. */
function readWhat(row: Row, context: RowContext): What & { usual: Programme | undefined } {
  const { places, programmes, locale, reference } = context;
  const organisation = row.has("organisation") ? row.found("organisation") : context.organisation;
  if (organisation !== "" && places && !places.includes(organisation))
    row.problem("organisation", { key: "placeNotYours" });
  const said = row.found("programme");
  const campaign = campaignOf(row, context, said);
  const programme = said === "" && !row.has("programme") ? (campaign?.programme ?? "") : said;
  const usual = programmes.get(programme);
  const orUsual = (
    column: "aidCategory" | "recipientKind",
    code: string,
    list: readonly Coded[],
  ) => {
    if (row.has(column)) return row.found(column);
    const item = list.find((one) => one.code === code);
    if (item) row.brings(column, nameOf(item, locale));
    return item?.code ?? "";
  };
  return {
    organisation,
    programme,
    campaign: campaign?.code ?? "",
    aidCategory: orUsual("aidCategory", usual?.defaultAidCategory ?? "", reference.aidCategories),
    recipientKind: orUsual("recipientKind", usual?.defaultRecipientKind ?? "", reference.recipientKinds), // prettier-ignore
    usual,
  };
}

function readForm(row: Row, usual: Programme | undefined): AidForm | "" {
  const both = row.has("cash") && row.has("goods");
  if (!row.has("form")) {
    const brought = both ? "mixed" : (usual?.defaultForm ?? "");
    if (brought !== "") row.brought.form = brought;
    return brought;
  }
  const form = formNamed(row.text("form"));
  if (form === null) row.problem("form", { key: "unknownName", values: { value: row.text("form") } }); // prettier-ignore
  return form ?? "";
}

type Money = Pick<EntryValues, "amountKind" | "amount" | "cash" | "goods">;

/** 慰问金 alone is the amount; beside an amount it is a part of it, which only 款物兼有 has. */
function readParts(
  row: Row,
  form: string,
  amount: string,
): Pick<Money, "amount" | "cash" | "goods"> {
  const [cash, goods] = [row.money("cash"), row.money("goods")];
  const parts = (["cash", "goods"] as const).filter(row.has);
  if (form === "mixed" || parts.length === 0) return { amount, cash, goods };
  const [part] = parts;
  const only = part === "cash" ? cash : goods;
  const fenOf = (text: string) => {
    const read = readAmount(text);
    return read.kind === "amount" ? read.fen : null;
  };
  if (parts.length === 1 && amount === "") return { amount: only, cash, goods };
  if (part && (parts.length > 1 || fenOf(only) !== fenOf(amount)))
    row.problem(part, { key: "partsNeedMixed" });
  return { amount, cash, goods };
}

function readMoney(row: Row, form: string): Money {
  const word = amountKindNamed(row.text("amount"));
  const kind = row.has("amountKind") ? amountKindNamed(row.text("amountKind")) : "exact";
  if (kind === null) row.problem("amountKind", { key: "unknownName", values: { value: row.text("amountKind") } }); // prettier-ignore
  const amount = word === null ? row.money("amount") : "";
  const amountKind = word !== null && kind === "exact" ? word : (kind ?? "exact");
  return { amountKind, ...readParts(row, form, amount) };
}

/** 3户9人 is read where a column is for both; where it is for one, half of it would be lost. */
function readCounts(row: Row): EntryValues["counts"] {
  const together = row.has("counts") ? splitCounts(row.text("counts")) : {};
  if (together === null) row.problem("counts", { key: "countsUnnamed" });
  return eachCount((unit) => {
    const [own, shared] = [row.text(unit), together?.[unit]];
    if (own !== "" && Object.keys(splitCounts(own) ?? {}).length > 1)
      row.problem(unit, { key: "countsTogether", values: { value: own } });
    else if (own !== "" && shared !== undefined && readCount(own).kind === "count")
      row.problem("counts", { key: "countTwice", values: { unit: String(unit) } });
    return own === "" ? (shared ?? "") : own;
  });
}

function readSources(row: Row, { find }: RowContext): EntryValues["shares"] {
  const numbers = row.columns().map((column) => sourceOf(column)?.number ?? 0);
  const shares = Array.from({ length: Math.max(1, ...numbers) }, (_, at) => {
    const [source, share] = [`fundSource${at + 1}`, `shareAmount${at + 1}`] as const;
    const wordless = amountKindNamed(row.text(share)) !== null;
    return {
      fundSource: row.code(source, find.fundSource(row.text(source))),
      amount: wordless ? "" : row.money(share),
    };
  });
  return shares;
}

function valuesOf(row: Row, context: RowContext): EntryValues {
  const { usual, ...what } = readWhat(row, context);
  const form = readForm(row, usual);
  const period = row.has("periodFrom") || row.has("periodTo");
  if (period && row.has("paidOn"))
    row.problem(row.has("periodFrom") ? "periodFrom" : "periodTo", { key: "dayOrPeriod" });
  return {
    ...emptyEntry(what.organisation),
    ...what,
    form,
    dateKind: period && !row.has("paidOn") ? "period" : "day",
    paidOn: row.text("paidOn"),
    periodFrom: row.text("periodFrom"),
    periodTo: row.text("periodTo"),
    ...readMoney(row, form),
    rateUnit: row.money("rateUnit"),
    rateCount: row.text("rateCount"),
    rateTimes: row.text("rateTimes"),
    rateNote: row.text("rateNote"),
    counts: readCounts(row),
    shares: readSources(row, context),
    ...eachText((name) => row.text(name)),
  };
}

/** What would be left out of the record without a word. */
function refuseUnheard(row: Row, values: EntryValues, read: EntryReading): void {
  const money = row.columns().filter((column) => isMoney(column) || OF_MONEY.some((one) => one === column)); // prettier-ignore
  if (!hasAmount(values.amountKind)) {
    const key = values.amountKind === "none" ? "noneAmount" : "unvaluedAmount";
    for (const column of money)
      if (row.has(column) && amountKindNamed(row.text(column)) === null)
        row.problem(column, { key });
  }
  if (values.amountKind === "none")
    values.shares.forEach(({ fundSource }, at) => {
      if (fundSource !== "") row.problem(`fundSource${at + 1}`, { key: "noneShares" });
    });
  if (row.has("rateNote") && read.input.rate === null) row.problem("rateNote", { key: "rateIncomplete" }); // prettier-ignore
  if (row.has("amountWording") && read.amountKind === "exact")
    row.problem("amountWording", { key: "wordingOfExact" });
  for (const name of TEXT_NAMES) {
    const { max } = TEXT_FIELDS[name];
    if (row.text(name).trim().length > max) row.problem(name, { key: "tooLong", values: { max } });
  }
  for (const column of row.columns())
    if (!isStorable(row.text(column))) row.problem(column, { key: "characters" });
}

function sayWhatWasRead(row: Row, read: EntryReading): void {
  if (read.amountFen !== null) row.echo("amount", formatFen(read.amountFen));
  for (const name of DATES) {
    const date = read.dates[name];
    if (date.kind === "date" && row.has(name)) row.echo(name, date.date);
  }
  for (const unit of COUNT_UNITS) {
    const count = read.counts[unit];
    if (count.kind !== "count") continue;
    row.echo(unit, wholeText(count.count));
    if (count.about) row.note(unit, "countAbout");
  }
  read.shares.forEach(({ fundSource, fen }, at) => {
    if (fundSource !== "" && fen !== null) row.echo(`shareAmount${at + 1}`, formatFen(fen));
  });
  const { rate } = read;
  if (rate.kind !== "derived" || rate.field === "amountFen") return;
  if (rate.field === "unitFen") row.echo("rateUnit", formatFen(rate.rate.unitFen));
  else row.echo(columnOf(`rate.${rate.field}`), wholeText(rate.rate[rate.field]));
}

/**
 * Reads a row as the form would be read. Pure: the same row gives the same reading, so that whoever reads many
 * may keep what was read.
 */
export function readRow(texts: RowTexts, context: RowContext, kinds: CellKinds = {}): RowReading {
  const row = new Row(texts, context, kinds);
  if (Object.values(texts).every((text) => isEmptyCell(text ?? ""))) {
    readForm(row, readWhat(row, context).usual);
    return { blank: true, cells: {}, brought: row.brought, fields: null, read: null };
  }
  const values = valuesOf(row, context);
  const read = readEntry(values, context.reading);
  for (const [path, [problem]] of Object.entries(read.problems))
    if (problem) row.problem(columnOf(path), problem);
  refuseUnheard(row, values, read);
  sayWhatWasRead(row, read);
  return {
    blank: false,
    cells: row.cells,
    brought: row.brought,
    fields: row.failed() ? null : read.input,
    read,
  };
}

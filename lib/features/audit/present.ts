import type { Names } from "@/lib/features/reference/present";
import { COUNT_UNITS } from "@/lib/kernel/counts";
import { moneyText } from "@/lib/kernel/written";
import type { AuditEntry } from "./schema";

/** The parts of an action that have words of their own: the first is also what the filter offers. */
export const ACTION_GROUPS = [
  "disbursement",
  "household",
  "rights-request",
  "reveal-request",
  "allotment",
  "project",
  "export",
  "year",
  "year-reopening",
  "publication",
  "session",
  "user",
  "admin-request",
  "factor-rule",
  "retention-rule",
  "organisation",
  "programme",
  "aid-category",
  "fund-source",
  "recipient-kind",
  "approval-rule",
  "finding-threshold",
  "export-map",
  "workdays",
  "expectation",
  "nil-declaration",
  "campaign",
  "view",
  "layout",
  "narrative",
  "frozen-view",
  "import",
  "attachment",
  "evidence-pack",
  "pack",
  "job",
] as const;

/** What the entry is about, as a reader would call it. */
export function subjectOf(entry: AuditEntry): string {
  return entry.subjectName ?? entry.subjectId;
}

type WordList = { readonly [code: string]: unknown };

/** What an entry is told with: the words of coded values, of fields, and the names of what has a code. */
export type FactWords = {
  labels: { readonly [list: string]: unknown };
  fields: WordList;
  rules: WordList;
  names: Names;
  yuan: (text: string) => string;
  yes: string;
  no: string;
  /** Words that are not kept in the chain. */
  hidden: string;
  separator: string;
};

/** One thing the entry says; `before` where it tells of a change. */
export type Fact = { field: string; before: string | null; after: string };

export type ToldEntry = AuditEntry & { facts: Fact[] };

/** The fields of a correction's entries that hold the id of a record. */
export const RECORD_FIELDS = [
  "originalId",
  "reversalId",
  "replacementId",
  "reverses",
  "replaces",
] as const;

type Json = AuditEntry["body"][string];
type Told = { words: FactWords; action: string; records: AuditEntry["records"] };

const isObject = (value: Json | undefined): value is { [key: string]: Json } =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Only what the list itself holds: a code may be called like something every object has. */
const wordIn = (list: unknown, code: string): string | undefined => {
  if (typeof list !== "object" || list === null || !Object.hasOwn(list, code)) return undefined;
  const word: unknown = (list as WordList)[code];
  return typeof word === "string" ? word : undefined;
};

const REASONS: WordList = {
  "disbursement.return": "returnReason",
  "disbursement.void": "voidReason",
  "disbursement.adjust": "adjustReason",
  "nil-declaration.create": "nilReason",
  "roster.reveal": "revealReason",
  "reveal-request.create": "revealReason",
  "reveal-request.grant": "revealReason",
  "reveal-request.decline": "revealReason",
  "reveal-request.withdraw": "revealReason",
  "rights-request.create": "rightsReason",
  "rights-request.confirm": "rightsReason",
  "rights-request.decline": "rightsReason",
  "rights-request.withdraw": "rightsReason",
};

/** In which list of words a field's value stands. */
function listOf(field: string, action: string): string | undefined {
  if (field === "reason") return wordIn(REASONS, action);
  if (field === "owedBy") return "organisationKind";
  if (field === "to" || field === "from" || field === "status") return "status";
  if (field === "page") return "viewPage";
  if (field === "rule" || field === "retained") return "retained";
  if (field === "limit") return "sourceLimit";
  if (field === "kind") return "organisationKind";
  return [
    "form",
    "threshold",
    "amountKind",
    "origin",
    "role",
    "entryKind",
    "asked",
    "factorRule",
    "repeats",
    "claimPeriod",
    "right",
  ].includes(field)
    ? field
    : undefined;
}

function namedBy(field: string, code: string, names: Names): string | undefined {
  if (field === "org" || field === "organisation" || field === "parent" || field === "sharedWith")
    return names.organisation(code);
  return Object.hasOwn(names, field) ? names[field as keyof Names](code) : undefined;
}

function textTold(field: string, value: string, { words, action, records }: Told): string {
  if (value === "…") return words.hidden;
  if (RECORD_FIELDS.some((name) => name === field)) return records[value] ?? value;
  if (/Fen$/.test(field) && /^-?\d+$/.test(value)) return words.yuan(moneyText(value, "yuan"));
  const list = listOf(field, action);
  return (list && wordIn(words.labels[list], value)) ?? namedBy(field, value, words.names) ?? value;
}

/** 100,000.00 元 of a source, 21 of a unit, an answer to a finding: objects of a list that belong together. */
function objectTold(value: { [key: string]: Json }, told: Told): string {
  const { words } = told;
  const { rule, answer } = value;
  if (typeof rule === "string" && typeof answer === "string")
    return [wordIn(words.rules, rule) ?? rule, wordIn(words.labels["answer"], answer) ?? answer].join(" → "); // prettier-ignore
  return Object.entries(value)
    .filter(([, part]) => part !== null)
    .map(([name, part]) => {
      const text = valueTold(name, part, told);
      const unit =
        COUNT_UNITS.some((one) => one === name) && wordIn(words.labels["countUnit"], name);
      if (unit) return `${text} ${unit}`;
      return name === "fundSource" || name === "amountFen"
        ? text
        : `${fieldTold(name, words)} ${text}`;
    })
    .join(" ");
}

function valueTold(field: string, value: Json, told: Told): string {
  const { words } = told;
  if (value === null) return "—";
  if (typeof value === "boolean") return value ? words.yes : words.no;
  if (typeof value === "number") return String(value);
  if (typeof value === "string") return textTold(field, value, told);
  if (Array.isArray(value))
    return value.length === 0
      ? "—"
      : value.map((item: Json) => valueTold(field, item, told)).join(words.separator);
  const text = objectTold(value as { [key: string]: Json }, told);
  return text === "" ? "—" : text;
}

const fieldTold = (field: string, words: FactWords): string =>
  wordIn(words.fields, field) ?? wordIn(words.labels["field"], field) ?? field;

/** What the entry says, a line each: amounts in yuan, codes by their names. The chain itself keeps fen and codes. */
export function factsOf(entry: AuditEntry, words: FactWords): Fact[] {
  const told = { words, action: entry.action, records: entry.records };
  const { before, after, ...flat } = entry.body;
  const was = isObject(before) ? before : {};
  const changed = isObject(after) ? Object.entries(after) : [];
  return [
    ...changed
      .filter(([name, value]) => Object.hasOwn(was, name) || value !== null)
      .map(([name, value]) => ({
        field: fieldTold(name, words),
        before: Object.hasOwn(was, name) ? valueTold(name, was[name] ?? null, told) : null,
        after: valueTold(name, value, told),
      })),
    ...Object.entries(flat).map(([name, value]) => ({
      field: fieldTold(name, words),
      before: null,
      after: valueTold(name, value, told),
    })),
  ];
}

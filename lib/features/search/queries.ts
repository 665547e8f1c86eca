import "server-only";
import type { FigureSet } from "@/lib/features/figures/queries";
import { civilYears, type ResolvedFilter } from "@/lib/features/filter/queries";
import { parseAmount } from "@/lib/kernel/amount-reading";
import { AppError } from "@/lib/kernel/app-error";
import { hasInitials } from "@/lib/kernel/pinyin-initials";
import { emptySql, joinSql, sql, type Reader, type Sql } from "@/lib/platform/db";
import { MOST_WORDS, searchWords } from "./rules";

const REFERENCE = /^([A-Za-z0-9-]{2,40})-(\d{4})-0*([1-9]\d{0,17})$/;
const NUMBER = /^0*[1-9]\d{0,17}$/;

/** What is looked for: every word has to stand somewhere in the record. */
function wordsOf(q: string | undefined): string[] {
  const words = searchWords(q ?? "");
  if (words.length > MOST_WORDS)
    throw new AppError("VALIDATION", {
      fieldErrors: { q: [{ key: "tooManyWords", values: { max: MOST_WORDS } }] },
    });
  return words;
}

/** The number of a record, where the word is one or is a whole reference. */
const numberIn = (word: string): string | null =>
  REFERENCE.exec(word)?.[3] ?? (NUMBER.test(word) ? word : null);

/** What a word comes to where it is an amount in figures (143000, 14.3万, 143,000.00); words are words. */
function amountIn(word: string): string | null {
  if (!/^[¥.]?\d/.test(word)) return null;
  const read = parseAmount(word);
  return read.ok ? read.fen.toString() : null;
}

const LETTERS = /^[a-z]{2,12}$/i;
/** As the index writes them: an organisation, a programme, a campaign; and a source of money, which it does not hold. */
const KINDS = ["o", "p", "c", "s"] as const;
type Named = Record<(typeof KINDS)[number], number[]>;

/**
 * What each word names by the initials of its pinyin (hy: 湟源). Two letters begin a name, more may stand
 * anywhere in it; null = the word is no initials, or nobody's.
 */
async function namedByInitials(db: Reader, words: string[]): Promise<(Named | null)[]> {
  if (!words.some((word) => LETTERS.test(word))) return words.map(() => null);
  const names = await db.rows<{ kind: keyof Named; id: number; name: string }>(sql`
    SELECT 'o' AS kind, id, name_zh AS name FROM organisations
    UNION ALL SELECT 'p', id, name_zh FROM programmes UNION ALL SELECT 'c', id, name_zh FROM campaigns
    UNION ALL SELECT 's', id, name_zh FROM fund_sources`);
  return words.map((word) => {
    if (!LETTERS.test(word)) return null;
    const found = names.filter(({ name }) => hasInitials(name, word.toLowerCase()));
    const of = (kind: keyof Named) => found.filter((one) => one.kind === kind).map(({ id }) => id);
    return found.length > 0 ? { o: of("o"), p: of("p"), c: of("c"), s: of("s") } : null;
  });
}

const termsNamed = (named: Named | null): string | null =>
  named && KINDS.flatMap((kind) => named[kind].map((id) => `${kind}${id}`)).join("|");

/** One word of a search; a record is found when every word stands somewhere in it. */
function wordCondition(word: string, initials: Named | null): Sql {
  const pattern = sql`'%' || replace(replace(replace(search_fold(${word}), '\\', '\\\\'), '%', '\\%'), '_', '\\_') || '%'`;
  const reference = REFERENCE.exec(word);
  const number = numberIn(word);
  const amount = amountIn(word);
  const byNumber = reference
    ? sql`(d.id = ${number}::bigint AND d.fiscal_year = ${Number(reference[2])}
        AND d.organisation_id IN (SELECT id FROM organisations WHERE code = ${reference[1]}))`
    : sql`d.id = ${number}::bigint`;
  const holds = (text: Sql) => sql`search_fold(${text}) LIKE ${pattern}`;
  const named = (table: Sql) =>
    sql`(SELECT id FROM ${table} WHERE ${holds(sql`name_zh`)} OR ${holds(sql`name_en`)})`;
  // worked out once a statement: a word that names no source asks no row for its shares
  const sources = sql`ARRAY(SELECT id FROM fund_sources WHERE ${holds(sql`name_zh`)} OR ${holds(sql`name_en`)}
    ${initials === null ? emptySql : sql`OR id = ANY (${initials.s}::int[])`})`;
  return sql`(${holds(sql`d.note`)} OR ${holds(sql`d.source_citation`)} OR ${holds(sql`d.source_ref`)}
    OR d.campaign_id IN ${named(sql`campaigns`)} OR d.programme_id IN ${named(sql`programmes`)}
    OR d.organisation_id IN ${named(sql`organisations`)} ${number === null ? emptySql : sql`OR ${byNumber}`}
    ${
      initials === null
        ? emptySql
        : sql`OR d.organisation_id = ANY (${initials.o}::int[]) OR d.programme_id = ANY (${initials.p}::int[])
            OR d.campaign_id = ANY (${initials.c}::int[])`
    }
    ${amount === null ? emptySql : sql`OR d.amount_fen IN (${amount}::bigint, -${amount}::bigint)`}
    OR (cardinality(${sources}) > 0 AND EXISTS (SELECT FROM disbursement_shares x
      WHERE x.disbursement_id = d.id AND x.fund_source_id = ANY (${sources}))))`;
}

/** Up to here the records are looked up by what the index found; beyond, walking the ledger meets a page soon. */
const FOUND_AT_MOST = 3_000;

/** What the index knows of a place; null = only the conditions do. */
function termOf({ id, kind, leaf, alone }: ResolvedFilter["homes"][number]): string | null {
  if (kind === "COUNTY" && (leaf || !alone)) return `k${id}`;
  if (leaf || alone) return `o${id}`;
  return kind === "PREFECTURE" ? `f${id}` : null;
}

/** Narrows the index's answer by what it knows of the filter; the filter's own conditions decide. */
function termsOf(resolved: ResolvedFilter): string[] {
  const { programmeIds, homes, everything } = resolved;
  const years = civilYears(resolved);
  const places = everything ? [] : homes.map(termOf);
  return [
    ...(years.length === 0 ? [] : [years.map((year) => `y${year}`).join("|")]),
    ...(programmeIds ? [programmeIds.map((id) => `p${id}`).join("|")] : []),
    ...(places.length > 0 && !places.includes(null) ? [places.join("|")] : []),
  ];
}

/** What a filter compares of a figure row, besides what is always kept apart. */
const COMPARED = {
  year: "fiscal_year",
  month: "month",
  aidCategoryIds: "aid_category_id",
  recipientKindIds: "recipient_kind_id",
  campaignIds: "campaign_id",
  forms: "form",
} satisfies Partial<Record<keyof ResolvedFilter, string>>;

function comparedOf(resolved: ResolvedFilter): string[] {
  const names = Object.keys(COMPARED) as (keyof typeof COMPARED)[];
  return names.filter((name) => resolved[name] !== undefined).map((name) => COMPARED[name]);
}

export type Search = {
  /** Over `disbursements d`. */
  condition: Sql;
  /** What makes figures of a search out of one filter: see FigureSet. */
  set: Pick<FigureSet, "records" | "cells">;
};

/**
 * What is looked for; undefined where nothing is. The index finds: few records are then read by their ids;
 * of many it sums up what they come to, and the list walks on until its page is full.
 */
export async function findRecords(
  db: Reader,
  asking: { q: string | undefined; resolved: ResolvedFilter; most?: number },
): Promise<Search | undefined> {
  const { q, resolved, most = FOUND_AT_MOST } = asking;
  const words = wordsOf(q);
  if (words.length === 0) return undefined;
  const numbers = words.map(numberIn).filter((number) => number !== null);
  const asked = sql`${words}::text[], ${numbers}::bigint[], ${termsOf(resolved)}::text[]`;
  const initials = await namedByInitials(db, words);
  const more = sql`${words.map(amountIn)}::bigint[], ${initials.map(termsNamed)}::text[]`;
  const [row] = await db.rows<{ ids: string | null }>(
    sql`SELECT guard.found_records(${asked}, ${most}::int, ${more})::text AS ids`,
  );
  const holds = words.map((word, at) => wordCondition(word, initials[at] ?? null));
  if (row?.ids == null) {
    const condition = joinSql(holds, " AND ");
    // a part of two civil years is summed from the records: the index knows whole ones
    if (resolved.yearAxis === "statistics") return { condition, set: { records: condition } };
    const cells = sql`guard.found_figures(${asked}, ${comparedOf(resolved)}::text[], ${more})`;
    return { condition, set: { records: condition, cells } };
  }
  const condition = joinSql([sql`d.id = ANY (${row.ids}::bigint[])`, ...holds], " AND ");
  return { condition, set: { records: condition } };
}

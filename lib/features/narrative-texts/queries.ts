import "server-only";
import { figuresOf } from "@/lib/features/figures/queries";
import { emptySums, type Answer, type Sums } from "@/lib/features/figures/rules";
import { figuresQuerySchema } from "@/lib/features/figures/schema";
import { resolveStamped } from "@/lib/features/filter/queries";
import { tokenOf } from "@/lib/features/narratives/present";
import { getNarrative } from "@/lib/features/narratives/queries";
import type { Length, Narrative, Token } from "@/lib/features/narratives/types";
import { AppError, found } from "@/lib/kernel/app-error";
import type { Stamp } from "@/lib/kernel/position";
import type { Locale } from "@/lib/kernel/preferences";
import { reaches, type Scope } from "@/lib/kernel/scope";
import { sql, type Reader } from "@/lib/platform/db";
import { within } from "@/lib/platform/scope-sql";
import { headings, marked, tokensIn } from "./present";
import { keyOf } from "./rules";
import type { Now, SavedText, TextBody, TextVersion, TokenKey } from "./types";

type Asking = { db: Reader; scope: Scope };
export type TextOf = { year: number; org: string; lang: Locale };

const COLUMNS = sql`d.id::text AS id, d.version, lower(d.how) AS how, d.source,
  json_build_object('nameZh', u.name_zh, 'nameEn', u.name_en) AS author,
  to_char(d.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at,
  to_char(d.as_of AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "asOf", d.seq::int AS seq`;

/** The newest first; more of one brief nobody looks through. */
const MOST_LISTED = 100;

export async function listTexts({ db, scope, year, org, lang }: Asking & TextOf) {
  const place = await findPlace({ db, scope, code: org });
  return db.rows<TextVersion>(sql`
    SELECT ${COLUMNS} FROM narrative_texts d JOIN users u ON u.id = d.author_id
    WHERE d.organisation_id = ${place.id}::int AND d.year = ${year}::smallint AND d.lang = ${lang}
      AND ${within(sql`d.organisation_id`, scope)}
    ORDER BY d.version DESC LIMIT ${MOST_LISTED}`);
}

export type KeptText = TextVersion & TextOf & { body: TextBody };

/** By its id, or by its number among the versions of a brief. */
export async function findText(
  input: Asking & ({ id: string } | (TextOf & { version: number })),
): Promise<KeptText | null> {
  const { db, scope } = input;
  requireReader(scope);
  const which =
    "id" in input
      ? sql`d.id = ${input.id}::bigint`
      : sql`o.code = ${input.org} AND d.year = ${input.year}::smallint AND d.lang = ${input.lang}
          AND d.version = ${input.version}::int`;
  const [text] = await db.rows<KeptText>(sql`
    SELECT ${COLUMNS}, d.year::int AS year, o.code AS org, d.lang, d.body FROM narrative_texts d
    JOIN users u ON u.id = d.author_id JOIN organisations o ON o.id = d.organisation_id
    WHERE ${which} AND ${within(sql`d.organisation_id`, scope)}`);
  return text ?? null;
}

/** Whoever reads no records reads no brief. */
const requireReader = ({ homes }: Scope): void => {
  if (homes.length === 0) throw new AppError("FORBIDDEN");
};

/** Out of reach and nowhere are the same answer. */
export async function findPlace({ db, scope, code }: Asking & { code: string }) {
  requireReader(scope);
  const [place] = await db.rows<{ id: number; path: string }>(
    sql`SELECT o.id, o.path FROM organisations o WHERE o.code = ${code}`,
  );
  if (!place || !reaches(scope, place.path)) throw new AppError("NOT_FOUND");
  return place;
}

type Drafted = TextOf & { length?: Length } & Stamp;

/** The draft’s numbers by their figure, each as of where it stands. */
export async function draftedTokens({ db, scope, ...of }: Asking & Drafted) {
  const { length = "long", ...query } = of;
  const drafted = await getNarrative({ db, scope, query: { ...query, length } });
  const { narrative } = drafted;
  const tokens = new Map<string, Token>();
  for (const token of tokensIn(narrative)) tokens.set(keyOf(token), token);
  return { ...drafted, tokens, seq: narrative.seq, asOf: narrative.asOf };
}

const sumsOf = ({ totals, leftOut }: Answer): Sums => ({
  ...emptySums(),
  ...totals,
  amountFen: BigInt(totals.amountFen),
  estimated: leftOut.estimated,
  unvalued: leftOut.unvalued,
  withoutMoney: leftOut.withoutMoney,
});

/**
 * Numbers that no draft says any more (grouped another way since, or gone), asked of the figures. Each names a filter
 * of its own, resolved one after the other; what they come to is one statement.
 */
async function askedAnew(
  { db, scope, lang }: Asking & { lang: Locale },
  keys: readonly TokenKey[],
) {
  const filters = new Map<string, { figure: string; filter: ReturnType<typeof filterOf> }>();
  for (const { figure } of keys)
    if (figure.startsWith("/figures?")) filters.set(figure, { figure, filter: filterOf(figure) });
  const asked = [...filters.values()].flatMap(({ figure, filter }) =>
    filter === null ? [] : [{ figure, filter }],
  );
  const sets = [];
  for (const { filter } of asked)
    sets.push({ resolved: await resolveStamped({ db, scope, filter }), groupBy: [] as const });
  const answers = sets.length === 0 ? [] : await figuresOf(db, sets);
  const sums = new Map(
    asked.map(({ figure, filter }, n) => {
      const answer = answers[n];
      if (answer === undefined) throw new Error(`${figure}: asked and not answered`);
      return [figure, { filter, sums: sumsOf(answer), wordings: [] }] as const;
    }),
  );
  return (key: TokenKey): Now => {
    const said = sums.get(key.figure);
    const token = said ? tokenOf(said, key.unit, lang) : null;
    return token ? { value: token.value, text: token.text } : { value: "0", text: null };
  };
}

function filterOf(figure: string) {
  const query = new URLSearchParams(figure.slice(figure.indexOf("?")));
  const read = figuresQuerySchema.safeParse(Object.fromEntries(query));
  if (!read.success) return null;
  const { measures: _measures, groupBy: _groupBy, compare: _compare, ...filter } = read.data;
  return filter;
}

/** What each of these numbers is now, as the drafts would write it. */
export async function numbersNow(input: Asking & TextOf, keys: readonly TokenKey[]) {
  const { tokens, ...drafted } = await draftedTokens(input);
  const missing = keys.filter((key) => !tokens.has(keyOf(key)));
  const anew = await askedAnew(input, missing);
  const nowOf = (key: TokenKey): Now => tokens.get(keyOf(key)) ?? anew(key);
  return { ...drafted, nowOf };
}

/** A saved version beside what its numbers are now. */
export async function getSavedText(input: Asking & { text: KeptText }): Promise<SavedText> {
  const { db, scope, text } = input;
  const { body, year, org, lang, ...version } = text;
  const tokens = tokensIn(body);
  const { nowOf, root, origin } = await numbersNow({ db, scope, year, org, lang }, tokens);
  const { body: withNow, moved } = marked(body, nowOf);
  return { ...version, body: withNow, moved, ...headings(text, root, origin) };
}

/** The text of a version as a brief that can be printed: with the numbers it was saved with. */
export async function getPrintedText(
  input: Asking & TextOf & { version: number },
): Promise<Pick<Narrative, "heading" | "paragraphs" | "signed" | "asOf"> & { id: string }> {
  const text = found(await findText(input));
  const { db, scope, year, org, lang } = input;
  const { root, origin } = await getNarrative({
    db,
    scope,
    query: { year, org, lang, length: "short" },
  });
  const { period, signed } = headings(text, root, origin);
  const { title, paragraphs } = text.body;
  return { id: text.id, heading: [title, period], paragraphs, signed, asOf: text.asOf };
}

export const unknownNumber = (figure: string) =>
  new AppError("VALIDATION", {
    fieldErrors: { text: [{ key: "briefNumber", values: { value: figure } }] },
  });

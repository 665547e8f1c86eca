import "server-only";
import { listRecords, referenceOf, toRow } from "@/lib/features/disbursements/queries";
import { namesOf } from "@/lib/features/reference/present";
import { getPageReference, resolveCodes } from "@/lib/features/reference/queries";
import type { Actor } from "@/lib/kernel/actor";
import { civilDateInChina } from "@/lib/kernel/fiscal-year";
import type { Locale } from "@/lib/kernel/preferences";
import type { Scope } from "@/lib/kernel/scope";
import { joinSql, sql, type Reader } from "@/lib/platform/db";
import { recordsWithin } from "@/lib/platform/scope-sql";
import { movedOn, rowOf } from "./present";
import { MOST_COPIED, type CopyQuery } from "./schema";
import type { RowTexts } from "./types";

/** What stands and is not taken back: no voided record, no reversal, and of what was corrected the replacement. */
async function copiedIds(db: Reader, scope: Scope, query: CopyQuery): Promise<string[]> {
  const { organisation, programme, campaign, year, month } = query;
  const asked = { organisation, programme: programme ? [programme] : undefined, campaign: campaign ? [campaign] : undefined }; // prettier-ignore
  const found = await resolveCodes({ db, scope, asked });
  const conditions = [
    recordsWithin(found),
    sql`d.fiscal_year = ${year}::int`,
    ...(found.programmeIds ? [sql`d.programme_id = ANY (${found.programmeIds}::int[])`] : []),
    ...(found.campaignIds ? [sql`d.campaign_id = ANY (${found.campaignIds}::int[])`] : []),
    ...(month === undefined ? [] : [sql`d.month = ${month}::int`]),
  ];
  const rows = await db.rows<{ id: string }>(sql`
    SELECT d.id::text FROM disbursements d
    WHERE ${joinSql(conditions, " AND ")} AND d.status <> 'VOIDED' AND d.entry_kind <> 'REVERSAL'
      AND NOT EXISTS (SELECT FROM adjustments a JOIN disbursements v ON v.id = a.reversal_id
        WHERE a.original_id = d.id AND v.status <> 'VOIDED')
    ORDER BY d.ledger_on, d.id LIMIT ${MOST_COPIED + 1}::int`);
  return rows.map(({ id }) => id);
}

/** Every cell in which something stands. */
const written = (texts: RowTexts): Record<string, string> =>
  Object.fromEntries(
    Object.entries(texts).flatMap(([column, text]) => (text === undefined ? [] : [[column, text]])),
  );

/** 照上月、照上年: what was paid then, as rows with their days moved on. */
export async function copyRows(input: {
  db: Reader;
  scope: Scope;
  actor: Actor;
  locale: Locale;
  now: Date;
  query: CopyQuery;
}) {
  const { db, scope, actor, locale, now, query } = input;
  const found = await copiedIds(db, scope, query);
  const ids = found.slice(0, MOST_COPIED);
  const records = ids.length > 0 ? await listRecords({ db, scope, ids }) : [];
  const reference = await getPageReference({ db, actor, scope, named: [query.organisation] });
  const words = { names: namesOf(reference, locale), locale };
  const today = civilDateInChina(now);
  const byId = new Map(records.map((record) => [record.id, record]));
  return {
    items: ids.flatMap((id) => {
      const record = byId.get(id);
      if (!record) return [];
      const base = rowOf({ ...record, ...toRow(record) }, words);
      const texts = movedOn(base, query.by, today);
      return { id, reference: referenceOf(record), base: written(base), texts: written(texts) };
    }),
    more: found.length > MOST_COPIED,
  };
}

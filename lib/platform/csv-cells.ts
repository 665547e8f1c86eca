import "server-only";
import { CSV, csvText } from "@/lib/kernel/csv";
import { sql, type Sql } from "./db";

/** csvText, by the database. */
export function textCsvSql(value: Sql): Sql {
  const safe = sql`CASE WHEN ${value} ~ ${CSV.formula} AND ${value} !~ ${CSV.plainNumber}
    THEN chr(39) || ${value} ELSE ${value} END`;
  return sql`CASE WHEN ${value} !~ ${`${CSV.formula}|${CSV.quoted}`} THEN ${value}
    WHEN ${value} ~ ${CSV.quoted} THEN '"' || replace(${safe}, '"', '""') || '"' ELSE ${safe} END`;
}

/** What `value` is called, as csv says it; itself where it has no name. */
export function namedCsvSql(value: Sql, names: Record<string, string>): Sql {
  const cells = Object.entries(names).map(([stored, name]) => [stored, csvText(name)]);
  return sql`coalesce(${JSON.stringify(Object.fromEntries(cells))}::jsonb ->> ${value}::text, ${value}::text)`;
}

import "server-only";
import { requireAdmin } from "@/lib/features/admin/policy";
import { SEALED_TABLES } from "@/lib/features/keys/rules";
import { listRevealMonths } from "@/lib/features/reveals/queries";
import type { Actor } from "@/lib/kernel/actor";
import { found } from "@/lib/kernel/app-error";
import { boundName } from "@/lib/kernel/sealed-table";
import { sql, type Reader } from "@/lib/platform/db";
import { RETENTION_KINDS } from "./labels";
import type { PersonalData, RetentionRule } from "./types";

type Asking = { db: Reader; actor: Actor };

const RULE = sql`replace(lower(r.kind), '_', '-') AS kind, r.years, r.version`;

export async function findRule(db: Reader, kind: RetentionRule["kind"]): Promise<RetentionRule> {
  const rules = await db.rows<RetentionRule>(sql`
    SELECT ${RULE} FROM retention_rules r WHERE r.kind = ${kind.replace("-", "_").toUpperCase()}`);
  return found(rules[0]);
}

/** What no row is asked to show: how many there are, and which of their fields are of a person. */
async function tablesIn(db: Reader): Promise<PersonalData["tables"]> {
  const rows = await db.rows<{ name: string; kept: string; forgotten: string }>(
    sql`SELECT name, kept::text, forgotten::text FROM guard.personal_counts()`,
  );
  const counts = new Map(rows.map((row) => [row.name, row]));
  return SEALED_TABLES.map(({ table, seals }) => ({
    table,
    fields: seals.filter((seal) => seal !== "nonce").map(boundName),
    kept: Number(counts.get(table)?.kept ?? 0),
    forgotten: Number(counts.get(table)?.forgotten ?? 0),
  }));
}

async function lastRunIn(db: Reader): Promise<PersonalData["lastRun"]> {
  type Row = { at: Date; status: string; values: Partial<Record<string, number>> };
  const [run] = await db.rows<Row>(sql`
    SELECT coalesce(j.finished_at, j.created_at) AS at, lower(j.status) AS status, j.message_values AS values
    FROM jobs j WHERE j.kind = 'RETENTION' AND j.asked_by IS NULL ORDER BY j.id DESC LIMIT 1`);
  if (!run) return null;
  const { households = 0, lines = 0, words = 0, reveals = 0 } = run.values;
  return { at: run.at.toISOString(), status: run.status, households, lines, words, reveals };
}

/** Counts and rules, to administrators, who read nobody's file. */
export async function getPersonalData({ db, actor }: Asking): Promise<PersonalData> {
  requireAdmin(actor);
  const rules = await db.rows<RetentionRule>(sql`SELECT ${RULE} FROM retention_rules r`);
  return {
    rules: RETENTION_KINDS.flatMap((kind) => rules.find((rule) => rule.kind === kind) ?? []),
    tables: await tablesIn(db),
    reveals: await listRevealMonths({ db, actor }),
    lastRun: await lastRunIn(db),
  };
}

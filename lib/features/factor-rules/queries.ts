import "server-only";
import { requireAdmin } from "@/lib/features/admin/policy";
import type { Actor } from "@/lib/kernel/actor";
import { sql, type Reader } from "@/lib/platform/db";
import type { FactorRule } from "./schema";
import type { FACTOR_ROLES } from "./types";

type Read = { db: Reader; actor: Actor };

export async function listFactorRules({ db, actor }: Read): Promise<{ items: FactorRule[] }> {
  requireAdmin(actor);
  const items = await db.rows<FactorRule>(sql`
    SELECT role, lower(rule) AS rule, version FROM factor_rules ORDER BY guard.role_rank(role)`);
  return { items };
}

export async function findFactorRule(
  db: Reader,
  role: (typeof FACTOR_ROLES)[number],
): Promise<FactorRule | undefined> {
  const [row] = await db.rows<FactorRule>(
    sql`SELECT role, lower(rule) AS rule, version FROM factor_rules WHERE role = ${role}`,
  );
  return row;
}

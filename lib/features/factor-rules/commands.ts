import "server-only";
import { requireAdmin } from "@/lib/features/admin/policy";
import type { Actor } from "@/lib/kernel/actor";
import { AppError } from "@/lib/kernel/app-error";
import { appendAudits } from "@/lib/platform/audit";
import { sql, type Reader, type Tx } from "@/lib/platform/db";
import { setOf } from "@/lib/platform/tables";
import { findFactorRule } from "./queries";
import type { FactorRule, UpdateFactorRuleInput } from "./schema";

export async function updateFactorRule(input: {
  tx: Tx;
  db: Reader;
  actor: Actor;
  params: { role: FactorRule["role"] };
  body: UpdateFactorRuleInput;
}): Promise<FactorRule> {
  const { tx, db, actor, params, body } = input;
  requireAdmin(actor);
  const before = await findFactorRule(db, params.role);
  const set = setOf("factor_rules", {
    rule: body.rule.toUpperCase(),
    version: body.version + 1,
  });
  const count = await tx.run(
    sql`UPDATE factor_rules ${set} WHERE role = ${params.role} AND version = ${body.version}`,
  );
  if (count === 0) throw new AppError("STALE");
  appendAudits(tx, [
    {
      action: "factor-rule.update",
      subjectId: params.role,
      body: {
        role: params.role,
        before: { factorRule: before?.rule ?? null },
        after: { factorRule: body.rule },
      },
    },
  ]);
  return { role: params.role, rule: body.rule, version: body.version + 1 };
}

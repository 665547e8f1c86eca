import "server-only";
import type { Actor } from "@/lib/kernel/actor";
import type { Locale } from "@/lib/kernel/preferences";
import { sql, type Reader } from "@/lib/platform/db";
import { healthWordsOf } from "@/lib/platform/words";
import { requireAsker } from "@/lib/features/jobs/policy";
import { invariantKey } from "./labels";
import type { Health } from "./schema";
import { INVARIANTS } from "./types";

type Row = { invariant: string; faults: bigint; checked_at: Date };

export async function getHealth(input: {
  db: Reader;
  actor: Actor;
  locale: Locale;
}): Promise<Health> {
  requireAsker(input.actor, "invariants");
  const rows = await input.db.rows<Row>(
    sql`SELECT invariant, faults, checked_at FROM invariant_results`,
  );
  const found = new Map(rows.map((row) => [row.invariant, row]));
  const words = healthWordsOf(input.locale);
  return {
    items: INVARIANTS.map((invariant) => {
      const row = found.get(invariant);
      return {
        invariant,
        sentence: words.invariant[invariantKey(invariant)],
        faults: row ? Number(row.faults) : null,
        checkedAt: row?.checked_at.toISOString() ?? null,
      };
    }),
  };
}

import "server-only";
import { sql, type Reader } from "@/lib/platform/db";
import type { SecondFactor } from "./schema";

export async function getSecondFactor({ db }: { db: Reader }): Promise<SecondFactor> {
  const [row] = await db.rows<SecondFactor>(sql`
    SELECT lower(rule) AS rule, confirmed, codes_left AS "recoveryCodesLeft" FROM guard.own_factor()`);
  return row ?? { rule: "off", confirmed: false, recoveryCodesLeft: 0 };
}

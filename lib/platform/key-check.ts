import "server-only";
import { sql } from "./db";
import { callGuard } from "./guard";
import { isSameCheck, KEY_USES, keysOf, keyVariable, type KeyUse } from "./keys";

type Known = { key_id: string; check_value: string; since: Date; rows: bigint };

/** What stays shut is said by name, and what does not, so that nobody fears for the books. */
function refuse(use: KeyUse, { key_id: id, since, rows }: Known, given: readonly string[]): never {
  const name = keyVariable(use);
  const day = since.toISOString().slice(0, 10);
  throw new Error(
    `Configuration: ${name} 里没有密钥 ${id}（${day} 起使用，${rows} 行个人信息由它${use === "FIELD" ? "加密" : "辨认"}），给出的是 ${given.join("、")}。请从备份恢复这把密钥，放在列表里。台账、数字、审计和各年度不用密钥也能读；姓名、证件号和账号没有它读不出来。` +
      `${name} lacks key ${id} (in use since ${day}; ${rows} rows of people are ${use === "FIELD" ? "sealed" : "recognised"} by it); given is ${given.join(", ")}. Restore that key from a backup and put it into the list. Ledger, figures, audit and years are readable without it; names, numbers and accounts are not.`,
  );
}

async function meet(use: KeyUse): Promise<boolean> {
  const keys = keysOf(use);
  const given = keys.map(({ id }) => id);
  const known = await callGuard<Known>(sql`SELECT * FROM guard.known_keys(${use})`);
  for (const one of known) {
    const key = keys.find(({ id }) => id === one.key_id);
    const fits = key !== undefined && isSameCheck(key.check(), Buffer.from(one.check_value, "hex"));
    if (!fits && one.rows > 0n) refuse(use, one, given);
  }
  for (const key of keys)
    await callGuard(
      sql`SELECT guard.keep_key(${use}, ${key.id}, ${key.check().toString("hex")})::text`,
    );
  return known.some(({ key_id: id, rows }) => id !== keys[0].id && rows > 0n);
}

/**
 * At a start: the keys at hand open what is there, or the process leaves with a sentence and nothing written. Answers
 * whether anything is sealed or recognised by an older key still.
 */
export async function meetKeys(): Promise<boolean> {
  let older = false;
  for (const use of KEY_USES) older = (await meet(use)) || older;
  return older;
}

import "server-only";
import { sql, type Tx } from "@/lib/platform/db";
import type { Sealed } from "@/lib/platform/sealing";
import type { RevealedField } from "./labels";
import type { RevealInput } from "./schema";

export type SealedReveal = { id: string; no: number; wordsId: string | null } & {
  [F in RevealedField]: Sealed<F extends "bankWords" ? "words" : F> | null;
};

const COLUMNS = sql`id::text AS id, no, name::text AS name, id_number::text AS "idNumber", phone::text AS phone,
  payee::text AS payee, account::text AS account, note::text AS note, words_id::text AS "wordsId",
  bank_words::text AS "bankWords"`;

/** Counts and notes it first; answers what was asked for, sealed. */
export const takeReveal = (
  tx: Tx,
  id: string,
  { fields, lines, reason: { code, words } }: RevealInput,
): Promise<(SealedReveal & { used: number })[]> =>
  tx.rows(sql`
    SELECT used, ${COLUMNS}
    FROM guard.reveal_lines(${id}::bigint, ${fields}::text[], ${lines ?? null}::int[], ${code.toUpperCase()}, ${words})`);

/** The same of what another person granted, once. */
export const takeGranted = (tx: Tx, id: string): Promise<SealedReveal[]> =>
  tx.rows(sql`SELECT ${COLUMNS} FROM guard.reveal_granted(${id}::bigint)`);

import "server-only";
import { type Checkpoint, checkpointText } from "@/lib/kernel/checkpoint";
import { type Reader, sql } from "./db";
import { env } from "./env";
import { publicKeyOf, signNote } from "./signed-note";

export type Occasion = "HOURLY" | "YEAR_CLOSE" | "ON_DEMAND";

type Content = Checkpoint & { rootId: number };

/** One line, to be handed round: with it, and nothing else of ours, a checkpoint is verified. */
export const checkpointKey = (): string => publicKeyOf(env().NUANZHANG_CHECKPOINT_KEY);

/**
 * Signs and keeps how far the chains have come: those of every root, or of one. Answers the signed notes.
 * Chain and figures are read in one statement, so they are of one moment. `db` is a transaction's reader,
 * or `{ rows: callGuard }` where nobody is signed in.
 */
export async function writeCheckpoints(
  db: Reader,
  occasion: Occasion,
  rootId: number | null = null,
): Promise<string[]> {
  const contents = await db.rows<Content>(sql`
    SELECT root_id AS "rootId", origin, size, head, at, figures FROM guard.checkpoint_contents(${rootId}::int)`);
  const notes = [];
  for (const content of contents) {
    const note = signNote(checkpointText(content), env().NUANZHANG_CHECKPOINT_KEY);
    await db.rows(sql`
      SELECT guard.keep_checkpoint(${content.rootId}::int, ${content.size}::bigint, ${content.head},
        ${content.at}, ${content.figures}, ${occasion}, ${note})::text`);
    notes.push(note);
  }
  return notes;
}

/** The signed note of a checkpoint that is kept elsewhere than here. */
export const signCheckpointText = (text: string): string =>
  signNote(text, env().NUANZHANG_CHECKPOINT_KEY);

/** The newest checkpoint of the reader's root, or the newest up to a position, for what is printed; null before the first. */
export async function latestCheckpoint(db: Reader, seq?: number): Promise<Checkpoint | null> {
  const [last] = await db.rows<Checkpoint>(sql`
    SELECT o.code AS origin, c.size, c.head::text, c.at, c.figures::text
    FROM checkpoints c JOIN organisations o ON o.id = c.root_id
    WHERE c.root_id = guard.root_of_session() AND c.size <= ${seq ?? null}::bigint IS NOT FALSE ORDER BY c.id DESC LIMIT 1`);
  return last ?? null;
}

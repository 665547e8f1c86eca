import { failureOf } from "@/lib/browser/api-client";
import { newCopyId, type KeptCopy } from "@/lib/browser/kept-copy";
import { getWorkingCopy, saveWorkingCopy } from "@/lib/features/working-copies/client";
import type { WorkingCopy } from "@/lib/features/working-copies/schema";

/** The server's copy, or null where it has none of this id. */
export async function findCopy(id: string): Promise<WorkingCopy | null> {
  try {
    return await getWorkingCopy(id);
  } catch (error) {
    if (failureOf(error).code === "NOT_FOUND") return null;
    throw error;
  }
}

async function put(copy: KeptCopy): Promise<KeptCopy> {
  const { id, writer, version, kind, title, subject, baseVersion, edits, body } = copy;
  const input = { version, kind, title, subject, baseVersion, edits, body: { ...body, writer } };
  const taken = await saveWorkingCopy({ id, body: input });
  return { ...copy, version: taken.version, saved: edits };
}

/**
 * Brings a copy to the server. Where another window has saved the same copy meanwhile, this one's text
 * becomes a copy of its own: both are kept, and nobody has to decide in the middle of typing.
 */
export async function pushCopy(copy: KeptCopy): Promise<KeptCopy> {
  try {
    return await put(copy);
  } catch (error) {
    if (failureOf(error).code !== "STALE") throw error;
  }
  const standing = await findCopy(copy.id);
  if (standing === null) return put({ ...copy, version: 0 });
  // An answer was lost: what stands there is what this window sent before.
  if (standing.body["writer"] === copy.writer) return put({ ...copy, version: standing.version });
  return put({ ...copy, id: newCopyId(), version: 0 });
}

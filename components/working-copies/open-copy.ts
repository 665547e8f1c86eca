import { dropCopy, keepCopy, listKept, newCopyId, type KeptCopy } from "@/lib/browser/kept-copy";
import { listWorkingCopies } from "@/lib/features/working-copies/client";
import type { WorkingCopy } from "@/lib/features/working-copies/schema";
import type { CopyKind } from "@/lib/kernel/wire";
import { findCopy } from "./push-copy";

/** What an address asks for: a copy by its id, or the latest one of a record. */
export type WantedCopy = { kind: CopyKind; copyId: string | null; subject: string | null };

export type OpenedCopy = {
  copy: KeptCopy;
  /** The server could not be asked; what is shown is this browser's. */
  offline: boolean;
};

function adopted(copy: WorkingCopy, writer: string): KeptCopy {
  const { id, kind, title, subject, baseVersion, edits, version, updatedAt, body } = copy;
  const own = { id, writer, kind, title, subject, baseVersion, edits, version };
  return { ...own, saved: edits, at: updatedAt, body };
}

/** The text that is not shown becomes a copy of its own: listed, and never written over. */
function setAside(userId: string, copy: KeptCopy): void {
  keepCopy(userId, { ...copy, id: newCopyId(), writer: newCopyId(), version: 0, saved: 0 });
}

/**
 * Of the server's state and this browser's the one with more edits is opened. The other one is set aside
 * unless it is an earlier state of the same typing.
 */
function reconciled(
  userId: string,
  server: WorkingCopy | null,
  local: KeptCopy | null,
  { writer, offline }: { writer: string; offline: boolean },
): KeptCopy | null {
  const theirs = server && adopted(server, writer);
  if (local === null) return theirs;
  if (offline) return { ...local, writer };
  if (server === null || theirs === null) return { ...local, writer, version: 0, saved: 0 };
  const follows = local.version === server.version || server.body["writer"] === local.writer;
  if (local.edits > server.edits) {
    if (!follows) setAside(userId, theirs);
    return { ...local, writer, version: server.version, saved: server.edits };
  }
  if (!follows) setAside(userId, local);
  return theirs;
}

async function serverCopy({ kind, copyId, subject }: WantedCopy): Promise<WorkingCopy | null> {
  if (copyId !== null) return findCopy(copyId);
  if (subject === null) return null;
  const { items } = await listWorkingCopies();
  const latest = items.find((copy) => copy.kind === kind && copy.subject === subject);
  return latest ? findCopy(latest.id) : null;
}

/** Opens what is wanted where it was left, on this computer or another. Null: nothing is begun. */
export async function openCopy(userId: string, wanted: WantedCopy): Promise<OpenedCopy | null> {
  if (wanted.copyId === null && wanted.subject === null) return null;
  const writer = newCopyId();
  let server: WorkingCopy | null = null;
  let offline = false;
  try {
    server = await serverCopy(wanted);
  } catch {
    offline = true;
  }
  const id = wanted.copyId ?? server?.id;
  const kept = listKept(userId).filter((copy) =>
    id === undefined
      ? copy.kind === wanted.kind && copy.subject === wanted.subject
      : copy.id === id,
  );
  const [local = null, ...others] = kept.sort((one, other) => other.edits - one.edits);
  const copy = reconciled(userId, server, local, { writer, offline });
  for (const other of others) setAside(userId, other);
  if (copy && copy.edits > copy.saved) keepCopy(userId, copy);
  for (const one of kept) dropCopy(userId, one);
  return copy && { copy, offline };
}

import { callApi, type Write } from "@/lib/browser/api-client";
import type {
  commitImportContract,
  createImportContract,
  importProgressContract,
  knownRowsContract,
  mapImportContract,
  MapImportInput,
  overruleKnownContract,
  undoImportContract,
} from "./schema";

export const createImport = ({ body, ...write }: { body: FormData; idempotencyKey: string }) =>
  callApi<typeof createImportContract>("POST /imports", { body, ...write });

export const mapImport = ({ id, ...write }: Write<Partial<MapImportInput>>) =>
  callApi<typeof mapImportContract>("PUT /imports/{id}/mapping", { params: { id }, ...write });

export const commitImport = ({ id, ...write }: Write<{ goodRowsOnly: boolean }>) =>
  callApi<typeof commitImportContract>("POST /imports/{id}/commit", { params: { id }, ...write });

export const listKnownRows = (id: string, cursor: string | null, signal: AbortSignal) =>
  callApi<typeof knownRowsContract>("GET /imports/{id}/known", {
    params: { id },
    query: cursor === null ? {} : { cursor },
    signal,
  });

export const getImportProgress = (id: string, signal: AbortSignal) =>
  callApi<typeof importProgressContract>("GET /imports/{id}/progress", { params: { id }, signal });

export const overruleKnown = ({
  id,
  row,
  ...write
}: Write<{ words: string | null }> & { row: number }) =>
  callApi<typeof overruleKnownContract>("PUT /imports/{id}/known/{row}", {
    params: { id, row: String(row) },
    ...write,
  });

export const undoImport = ({ id, ...write }: Write<Record<never, never>>) =>
  callApi<typeof undoImportContract>("POST /imports/{id}/undo", { params: { id }, ...write });

import { callApi, type Write } from "@/lib/browser/api-client";
import type {
  commitImportContract,
  createImportContract,
  mapImportContract,
  MapImportInput,
  undoImportContract,
} from "./schema";

export const createImport = ({ body, ...write }: { body: FormData; idempotencyKey: string }) =>
  callApi<typeof createImportContract>("POST /imports", { body, ...write });

export const mapImport = ({ id, ...write }: Write<Partial<MapImportInput>>) =>
  callApi<typeof mapImportContract>("PUT /imports/{id}/mapping", { params: { id }, ...write });

export const commitImport = ({ id, ...write }: Write<{ goodRowsOnly: boolean }>) =>
  callApi<typeof commitImportContract>("POST /imports/{id}/commit", { params: { id }, ...write });

export const undoImport = ({ id, ...write }: Write<Record<never, never>>) =>
  callApi<typeof undoImportContract>("POST /imports/{id}/undo", { params: { id }, ...write });

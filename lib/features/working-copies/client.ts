import { callApi } from "@/lib/browser/api-client";
import type {
  discardWorkingCopyContract,
  getWorkingCopyContract,
  listWorkingCopiesContract,
  saveWorkingCopyContract,
  SaveWorkingCopyInput,
} from "./schema";

export const listWorkingCopies = () =>
  callApi<typeof listWorkingCopiesContract>("GET /working-copies", {});

export const getWorkingCopy = (id: string) =>
  callApi<typeof getWorkingCopyContract>("GET /working-copies/{id}", { params: { id } });

/** Without a key: the version says which state it follows, so that a second try is known for what it is. */
export const saveWorkingCopy = ({ id, body }: { id: string; body: SaveWorkingCopyInput }) =>
  callApi<typeof saveWorkingCopyContract>("PUT /working-copies/{id}", { params: { id }, body });

export const discardWorkingCopy = ({ id }: { id: string }) =>
  callApi<typeof discardWorkingCopyContract>("DELETE /working-copies/{id}", { params: { id } });

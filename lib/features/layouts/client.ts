import { callApi, type NewWrite, type Write } from "@/lib/browser/api-client";
import type {
  createLayoutContract,
  CreateLayoutInput,
  removeLayoutContract,
  updateLayoutContract,
  UpdateLayoutInput,
} from "./schema";

export const createLayout = (write: NewWrite<CreateLayoutInput>) =>
  callApi<typeof createLayoutContract>("POST /layouts", write);

export const updateLayout = ({ id, ...write }: Write<UpdateLayoutInput>) =>
  callApi<typeof updateLayoutContract>("PATCH /layouts/{id}", { params: { id }, ...write });

export const removeLayout = ({ id, idempotencyKey }: { id: string; idempotencyKey: string }) =>
  callApi<typeof removeLayoutContract>("DELETE /layouts/{id}", { params: { id }, idempotencyKey });

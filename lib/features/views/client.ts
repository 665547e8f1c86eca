import { callApi, type NewWrite, type Write } from "@/lib/browser/api-client";
import type {
  createViewContract,
  CreateViewInput,
  removeViewContract,
  updateViewContract,
  UpdateViewInput,
} from "./schema";

export const createView = (write: NewWrite<CreateViewInput>) =>
  callApi<typeof createViewContract>("POST /views", write);

export const updateView = ({ id, ...write }: Write<UpdateViewInput>) =>
  callApi<typeof updateViewContract>("PATCH /views/{id}", { params: { id }, ...write });

export const removeView = ({ id, idempotencyKey }: { id: string; idempotencyKey: string }) =>
  callApi<typeof removeViewContract>("DELETE /views/{id}", { params: { id }, idempotencyKey });

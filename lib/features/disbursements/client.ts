import { callApi, type NewWrite, type Write } from "@/lib/browser/api-client";
import type { EndsCopy } from "@/lib/kernel/wire";
import type {
  adjustDisbursementContract,
  checkDisbursementContract,
  checkDisbursementSetContract,
  createDisbursementContract,
  createDisbursementSetContract,
  getDisbursementContract,
  updateDisbursementContract,
  AdjustInput,
  CheckInput,
  DisbursementFields,
  UpdateInput,
} from "./schema";

export const getDisbursement = (id: string) =>
  callApi<typeof getDisbursementContract>("GET /disbursements/{id}", { params: { id } });

export const createDisbursement = (write: NewWrite<DisbursementFields & EndsCopy>) =>
  callApi<typeof createDisbursementContract>("POST /disbursements", write);

export const updateDisbursement = ({ id, ...write }: Write<UpdateInput & EndsCopy>) =>
  callApi<typeof updateDisbursementContract>("PATCH /disbursements/{id}", {
    params: { id },
    ...write,
  });

/** Stores nothing, so that it needs no key. */
export const checkDisbursement = (body: CheckInput, signal: AbortSignal) =>
  callApi<typeof checkDisbursementContract>("POST /disbursements/check", { body, signal });

export const adjustDisbursement = ({ id, ...write }: Write<AdjustInput & EndsCopy>) =>
  callApi<typeof adjustDisbursementContract>("POST /disbursements/{id}/adjust", {
    params: { id },
    ...write,
  });

/** Many drafts in one transaction. */
export const createDisbursements = (write: NewWrite<{ rows: DisbursementFields[] } & EndsCopy>) =>
  callApi<typeof createDisbursementSetContract>("POST /disbursements/set", write);

/** Stores nothing either. */
export const checkDisbursements = (body: { rows: DisbursementFields[] }, signal: AbortSignal) =>
  callApi<typeof checkDisbursementSetContract>("POST /disbursements/set/check", { body, signal });

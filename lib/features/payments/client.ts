import { callApi, type Write } from "@/lib/browser/api-client";
import type {
  cancelBatchContract,
  CancelBatchInput,
  getPaymentsContract,
  makeBatchContract,
  MakeBatchInput,
  postPaymentsContract,
  PostPaymentsInput,
  reissuePaymentsContract,
  ReissueInput,
} from "./schema";

export const getPayments = (id: string, signal: AbortSignal) =>
  callApi<typeof getPaymentsContract>("GET /disbursements/{id}/roster/payments", {
    params: { id },
    signal,
  });

export const postPayments = ({ id, ...write }: Write<PostPaymentsInput>) =>
  callApi<typeof postPaymentsContract>("POST /disbursements/{id}/roster/payments", {
    params: { id },
    ...write,
  });

export const reissuePayments = ({ id, ...write }: Write<ReissueInput>) =>
  callApi<typeof reissuePaymentsContract>("POST /disbursements/{id}/roster/reissue", {
    params: { id },
    ...write,
  });

export const makeBatch = ({ id, ...write }: Write<MakeBatchInput>) =>
  callApi<typeof makeBatchContract>("POST /disbursements/{id}/roster/batches", {
    params: { id },
    ...write,
  });

/** `id` is that of the record and the number of the batch: 17/2. */
export const cancelBatch = ({ id, ...write }: Write<CancelBatchInput>) => {
  const [record = "", no = ""] = id.split("/");
  return callApi<typeof cancelBatchContract>(
    "POST /disbursements/{id}/roster/batches/{no}/cancel",
    {
      params: { id: record, no },
      ...write,
    },
  );
};

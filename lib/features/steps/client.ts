import { callApi, type NewWrite, type Write } from "@/lib/browser/api-client";
import type { EndsCopy } from "@/lib/kernel/wire";
import type {
  approveDisbursementContract,
  openDisbursementContract,
  withdrawDisbursementContract,
  returnDisbursementContract,
  submitDisbursementContract,
  submitDisbursementSetContract,
  voidDisbursementContract,
  ReturnInput,
  SubmitInput,
  SubmitSetInput,
  VoidInput,
} from "./schema";

export const submitDisbursement = ({ id, ...write }: Write<SubmitInput & EndsCopy>) =>
  callApi<typeof submitDisbursementContract>("POST /disbursements/{id}/submit", {
    params: { id },
    ...write,
  });

export const submitDisbursements = (write: NewWrite<SubmitSetInput>) =>
  callApi<typeof submitDisbursementSetContract>("POST /disbursements/set/submit", write);

export const withdrawDisbursement = ({ id, ...write }: Write<{ version: number }>) =>
  callApi<typeof withdrawDisbursementContract>("POST /disbursements/{id}/withdraw", {
    params: { id },
    ...write,
  });

export const openDisbursement = ({ id, ...write }: Write<{ version: number }>) =>
  callApi<typeof openDisbursementContract>("POST /disbursements/{id}/open", {
    params: { id },
    ...write,
  });

export const approveDisbursement = ({ id, ...write }: Write<{ version: number }>) =>
  callApi<typeof approveDisbursementContract>("POST /disbursements/{id}/approve", {
    params: { id },
    keepalive: true,
    ...write,
  });

export const returnDisbursement = ({ id, ...write }: Write<ReturnInput>) =>
  callApi<typeof returnDisbursementContract>("POST /disbursements/{id}/return", {
    params: { id },
    ...write,
  });

export const voidDisbursement = ({ id, ...write }: Write<VoidInput>) =>
  callApi<typeof voidDisbursementContract>("POST /disbursements/{id}/void", {
    params: { id },
    ...write,
  });

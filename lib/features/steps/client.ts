import { callApi } from "@/lib/browser/api-client";
import type { Answer, Write } from "@/lib/features/disbursements/client";
import {
  approveDisbursementContract,
  returnDisbursementContract,
  submitDisbursementContract,
  voidDisbursementContract,
  type ReturnInput,
  type SubmitInput,
  type VoidInput,
} from "./schema";

export function submitDisbursement({ id, ...write }: Write<SubmitInput>): Answer {
  return callApi(submitDisbursementContract, { params: { id }, ...write });
}

export function approveDisbursement({ id, ...write }: Write<{ version: number }>): Answer {
  return callApi(approveDisbursementContract, { params: { id }, ...write });
}

export function returnDisbursement({ id, ...write }: Write<ReturnInput>): Answer {
  return callApi(returnDisbursementContract, { params: { id }, ...write });
}

export function voidDisbursement({ id, ...write }: Write<VoidInput>): Answer {
  return callApi(voidDisbursementContract, { params: { id }, ...write });
}

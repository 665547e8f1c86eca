import { callApi, type Write } from "@/lib/browser/api-client";
import {
  approveDisbursementContract,
  returnDisbursementContract,
  submitDisbursementContract,
  voidDisbursementContract,
  type ReturnInput,
  type SubmitInput,
  type VoidInput,
} from "./schema";

export const submitDisbursement = ({ id, ...write }: Write<SubmitInput>) =>
  callApi(submitDisbursementContract, { params: { id }, ...write });

export const approveDisbursement = ({ id, ...write }: Write<{ version: number }>) =>
  callApi(approveDisbursementContract, { params: { id }, ...write });

export const returnDisbursement = ({ id, ...write }: Write<ReturnInput>) =>
  callApi(returnDisbursementContract, { params: { id }, ...write });

export const voidDisbursement = ({ id, ...write }: Write<VoidInput>) =>
  callApi(voidDisbursementContract, { params: { id }, ...write });

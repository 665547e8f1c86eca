import { callApi, type NewWrite, type Write } from "@/lib/browser/api-client";
import {
  adjustDisbursementContract,
  createDisbursementContract,
  getDisbursementContract,
  updateDisbursementContract,
  type AdjustInput,
  type DisbursementFields,
  type UpdateInput,
} from "./schema";

export const getDisbursement = (id: string) => callApi(getDisbursementContract, { params: { id } });

export const createDisbursement = (write: NewWrite<DisbursementFields>) =>
  callApi(createDisbursementContract, write);

export const updateDisbursement = ({ id, ...write }: Write<UpdateInput>) =>
  callApi(updateDisbursementContract, { params: { id }, ...write });

export const adjustDisbursement = ({ id, ...write }: Write<AdjustInput>) =>
  callApi(adjustDisbursementContract, { params: { id }, ...write });

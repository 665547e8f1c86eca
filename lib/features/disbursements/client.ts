import { callApi } from "@/lib/browser/api-client";
import {
  adjustDisbursementContract,
  createDisbursementContract,
  getDisbursementContract,
  updateDisbursementContract,
  type AdjustInput,
  type DisbursementFields,
  type UpdateInput,
} from "./schema";
import type { DisbursementDetail } from "./types";

/** `idempotencyKey`: one per intent, the same for every retry of it. */
export type Write<Body> = { id: string; body: Body; idempotencyKey: string };
export type Answer = Promise<DisbursementDetail>;

export function getDisbursement(id: string): Answer {
  return callApi(getDisbursementContract, { params: { id } });
}

export function createDisbursement(write: Omit<Write<DisbursementFields>, "id">): Answer {
  return callApi(createDisbursementContract, write);
}

export function updateDisbursement({ id, ...write }: Write<UpdateInput>): Answer {
  return callApi(updateDisbursementContract, { params: { id }, ...write });
}

export function adjustDisbursement({ id, ...write }: Write<AdjustInput>): Answer {
  return callApi(adjustDisbursementContract, { params: { id }, ...write });
}

import { ApiFailure, callApi, newIdempotencyKey } from "@/lib/platform/api-client";
import {
  adjustDisbursementContract,
  approveDisbursementContract,
  createDisbursementContract,
  getDisbursementContract,
  returnDisbursementContract,
  submitDisbursementContract,
  updateDisbursementContract,
  voidDisbursementContract,
  type AdjustInput,
  type DisbursementFields,
  type ReturnInput,
  type SubmitInput,
  type UpdateInput,
  type VoidInput,
} from "./schema";
import type { DisbursementDetail } from "./types";

export { newIdempotencyKey };

/** Why a call failed, in the form a screen needs: a code that has its sentence in `errors.code`. */
export type Failure = { code: ApiFailure["code"]; fieldErrors: Record<string, string[]> };

export function failureOf(error: unknown): Failure {
  if (error instanceof ApiFailure) return { code: error.code, fieldErrors: error.fieldErrors };
  return { code: "INTERNAL", fieldErrors: {} };
}

const UNDECIDED = ["OFFLINE", "INTERNAL", "BUSY", "RATE_LIMITED", "UNAUTHENTICATED"];

/** Did the server decide? If not, the same request may be sent again under the same key. */
export function isDecided(error: unknown): boolean {
  return !UNDECIDED.includes(failureOf(error).code);
}

/** `idempotencyKey`: one per intent, the same for every retry of it. */
type Write<Body> = { id: string; body: Body; idempotencyKey: string };
type Answer = Promise<DisbursementDetail>;

export function getDisbursement(id: string): Answer {
  return callApi(getDisbursementContract, { params: { id } });
}

export function createDisbursement(write: Omit<Write<DisbursementFields>, "id">): Answer {
  return callApi(createDisbursementContract, write);
}

export function updateDisbursement({ id, ...write }: Write<UpdateInput>): Answer {
  return callApi(updateDisbursementContract, { params: { id }, ...write });
}

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

export function adjustDisbursement({ id, ...write }: Write<AdjustInput>): Answer {
  return callApi(adjustDisbursementContract, { params: { id }, ...write });
}

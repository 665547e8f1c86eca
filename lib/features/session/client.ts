import { ApiFailure, callApi, newIdempotencyKey } from "@/lib/platform/api-client";
import { changePasswordContract, type PasswordInput } from "./schema";

export { newIdempotencyKey };

export function changePassword(input: PasswordInput) {
  return callApi(changePasswordContract, { body: input, idempotencyKey: newIdempotencyKey() });
}

/** Why a call failed, in the form a screen needs: a code that has its sentence in `errors.code`. */
export type Failure = { code: ApiFailure["code"]; fieldErrors: Record<string, string[]> };

export function failureOf(error: unknown): Failure {
  if (error instanceof ApiFailure) return { code: error.code, fieldErrors: error.fieldErrors };
  return { code: "INTERNAL", fieldErrors: {} };
}

import { callApi, newIdempotencyKey } from "@/lib/browser/api-client";
import { changePasswordContract, type PasswordInput } from "./schema";

export function changePassword(input: PasswordInput) {
  return callApi(changePasswordContract, { body: input, idempotencyKey: newIdempotencyKey() });
}

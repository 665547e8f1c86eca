import { callApi, type NewWrite } from "@/lib/browser/api-client";
import type {
  beginFactorContract,
  changePasswordContract,
  CodeInput,
  confirmFactorContract,
  makeRecoveryCodesContract,
  PasswordInput,
  ProofInput,
  proveContract,
  removeFactorContract,
} from "./schema";

export const changePassword = (write: NewWrite<PasswordInput>) =>
  callApi<typeof changePasswordContract>("POST /me/password", write);

export const beginFactor = (write: NewWrite<Record<string, never>>) =>
  callApi<typeof beginFactorContract>("POST /me/second-factor", write);

export const confirmFactor = (write: NewWrite<CodeInput>) =>
  callApi<typeof confirmFactorContract>("POST /me/second-factor/confirm", write);

export const makeRecoveryCodes = (write: NewWrite<CodeInput>) =>
  callApi<typeof makeRecoveryCodesContract>("POST /me/second-factor/recovery-codes", write);

export const removeFactor = (write: NewWrite<CodeInput>) =>
  callApi<typeof removeFactorContract>("POST /me/second-factor/remove", write);

export const prove = (write: NewWrite<ProofInput>) =>
  callApi<typeof proveContract>("POST /me/proof", write);

import type { FieldError } from "./app-error";

export const PASSWORD_MIN = 10;
const PASSWORD_MAX = 128;

/** What everybody tries first, and what a keyboard row gives. */
const COMMON =
  /^(.)\1+$|^(?:0?1234567890?|password|qwertyuiop|qwer1234|admin123|abcd?1234|iloveyou)+\d*$/i;

/** Why this cannot be the password of this account; null = it can. Length over rules of composition. */
export function passwordFault(password: string, username: string): FieldError | null {
  if ([...password].length < PASSWORD_MIN)
    return { key: "passwordShort", values: { min: PASSWORD_MIN } };
  if (password.length > PASSWORD_MAX) return { key: "tooLong", values: { max: PASSWORD_MAX } };
  if (COMMON.test(password)) return { key: "passwordCommon" };
  if (password.toLowerCase().includes(username.toLowerCase())) return { key: "passwordName" };
  return null;
}

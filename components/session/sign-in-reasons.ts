/** Why somebody stands at the sign-in page: `reason` or `error` in its address. */
export const signInReasons = [
  "expired",
  "signed-out",
  "revoked",
  "role-changed",
  "password-changed",
  "factor-changed",
  "unknown-identity",
] as const;
export type SignInReason = (typeof signInReasons)[number];

export const REQUEST_KINDS = [
  "open-account",
  "grant-role",
  "reset-password",
  "link-identity",
  "enable-account",
  "lift-factor",
] as const;

export const REQUEST_STATES = ["pending", "confirmed", "declined", "withdrawn", "lapsed"] as const;

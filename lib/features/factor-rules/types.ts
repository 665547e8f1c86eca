/** Whoever holds one of these may be asked for a second factor. */
export const FACTOR_ROLES = ["REVIEWER", "PROVINCE", "AUDITOR", "ADMIN"] as const;
export const FACTOR_RULES = ["off", "asked", "required"] as const;

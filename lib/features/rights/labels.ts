/** 删除, 限制处理, 解除限制: what a person may ask for of a file, and the first of a line of a roster. */
export const RIGHTS_KINDS = ["forget", "limit", "lift"] as const;
export type RightsKind = (typeof RIGHTS_KINDS)[number];

export const RIGHTS_REASONS = [
  "purpose-ended",
  "consent-withdrawn",
  "unlawful",
  "disputed",
  "resolved",
  "other",
] as const;

export const RIGHTS_STATES = ["pending", "confirmed", "declined", "withdrawn"] as const;
export const RIGHTS_ACTIONS = ["confirm", "decline", "withdraw"] as const;
export type RightsAction = (typeof RIGHTS_ACTIONS)[number];

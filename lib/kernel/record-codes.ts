/** How the aid reached the recipient 形式. */
export const AID_FORMS = ["transfer", "cash", "goods", "voucher", "service", "mixed"] as const;

export type AidForm = (typeof AID_FORMS)[number];

export const AMOUNT_KINDS = ["exact", "estimated", "unvalued"] as const;

export type AmountKind = (typeof AMOUNT_KINDS)[number];

export const STATUSES = ["draft", "submitted", "returned", "approved", "voided"] as const;

export type Status = (typeof STATUSES)[number];

/** Demo records are invented and say so on screen; published ones stand in the federation's magazine. */
export const ORIGINS = ["entered", "published", "demo"] as const;

export type Origin = (typeof ORIGINS)[number];

export const ENTRY_KINDS = ["original", "reversal", "replacement"] as const;

export type EntryKind = (typeof ENTRY_KINDS)[number];

export const PACK_STATUSES = ["waiting", "running", "done", "failed", "cancelled"] as const;
export type PackStatus = (typeof PACK_STATUSES)[number];

/** The answers under `help.answers`, in reading order: by role, the day's first question first. */
export const helpTopics = {
  clerk: ["record", "amount", "counts", "sources", "draft", "returned"],
  reviewer: ["queue", "return", "own"],
  province: ["explain", "leftOut", "export", "close"],
  auditor: ["history"],
  admin: ["accounts"],
} as const;

export const helpRoles = ["clerk", "reviewer", "province", "auditor", "admin"] as const;

export const helpLaws = [
  "fen",
  "shares",
  "four",
  "approved",
  "closed",
  "deleted",
  "chain",
  "scope",
  "retry",
  "left",
] as const;

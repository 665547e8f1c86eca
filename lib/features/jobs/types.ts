/** Kinds that somebody may ask for; the others the system does by itself. */
export const ASKED_KINDS = ["invariants"] as const;
export type AskedKind = (typeof ASKED_KINDS)[number];
export const JOB_KINDS = [...ASKED_KINDS, "import", "pack", "purge", "checkpoint", "keys", "objects", "evidence", "retention"] as const; // prettier-ignore

export const JOB_STATUSES = ["waiting", "running", "done", "failed", "cancelled"] as const;
export type JobStatus = (typeof JOB_STATUSES)[number];

/** What a job may say of itself, each a sentence in the messages (jobs.message) told in the reader's language. */
export const JOB_MESSAGES = [
  "checking",
  "checked",
  "importReading",
  "importRead",
  "importRefused",
  "importing",
  "imported",
  "undoing",
  "importUndone",
  "packing",
  "packed",
  "purged",
  "signed",
  "resealing",
  "resealed",
  "retaining",
  "retained",
  "readingBack",
  "readBack",
  "failed",
  "notAllowed",
  "askerDisabled",
  "gaveUp",
] as const;
export type JobMessage = (typeof JOB_MESSAGES)[number];

export const isOpen = (status: JobStatus): boolean => status === "waiting" || status === "running";

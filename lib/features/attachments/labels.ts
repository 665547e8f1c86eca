/** What a file proves, in the order in which it is told. */
export const ATTACHMENT_KINDS = [
  "sign-off-sheet",
  "invoice",
  "photo",
  "notice",
  "approval",
  "authorisation",
] as const;

/** What lies in a household file, in the order of the national checklist: the signed authorisation first. */
export const PAPER_KINDS = [
  "authorisation",
  "file-form",
  "application",
  "identity",
  "register",
  "hardship",
  "income",
  "medical",
  "membership",
  "bank-card",
  "notice",
  "other",
] as const;

/** By what a file lies beside: it belongs to one of the two. */
export const KINDS_OF = { record: ATTACHMENT_KINDS, household: PAPER_KINDS } as const;
export type Owner = keyof typeof KINDS_OF;
export type AttachmentKind = (typeof KINDS_OF)[Owner][number];

export const MEDIA_TYPES = ["image/jpeg", "application/pdf"] as const;
export type MediaType = (typeof MEDIA_TYPES)[number];

/** So large a file may be, and so many a record may have (guard.most_attachments). */
export const MOST_BYTES = 20 * 1024 * 1024;
export const MOST_FILES = 60;

/** What a browser offers to choose from; a telephone hands over its pictures in one of these. */
export const ACCEPTED = "image/jpeg,image/png,image/webp,application/pdf";

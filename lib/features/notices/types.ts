import type { ReturnReason } from "@/lib/kernel/record-codes";
import type { CivilDate } from "@/lib/kernel/fiscal-year";
import type { Person } from "@/lib/kernel/actor";

/** 消息: what happened to somebody's work while they did something else, and what is soon due. */
export const NOTICE_KINDS = ["returned", "approved", "withdrawn", "imported", "due-soon"] as const;
type NoticeKind = (typeof NOTICE_KINDS)[number];

export type Notice = {
  /** The same as long as it is told. */
  id: string;
  kind: NoticeKind;
  at: string;
  unread: boolean;
  organisation: string;
  /** Null of an import, which may hold several. */
  programme: string | null;
  /** The record or the import; null of what is due. */
  subject: string | null;
  /** The day of the record, or until when it is due. */
  day: CivilDate | null;
  reason: ReturnReason | null;
  /** Who did it; null of what is due, and of one's own import. */
  actor: Person | null;
};

export type Notices = { items: Notice[]; unread: number };

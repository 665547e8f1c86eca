import { callApi } from "@/lib/browser/api-client";
import { upload, type Progress } from "@/lib/browser/upload";
import type { Owner } from "./labels";
import type {
  addAttachmentContract,
  addPaperContract,
  listAttachmentsContract,
  listPapersContract,
  removeAttachmentContract,
} from "./schema";

/** Beside what the files lie. */
export type OfOwner = { of: Owner; id: string };

export const listAttachments = ({ of, id }: OfOwner, signal: AbortSignal) =>
  of === "record"
    ? callApi<typeof listAttachmentsContract>("GET /disbursements/{id}/attachments", {
        params: { id },
        signal,
      })
    : callApi<typeof listPapersContract>("GET /households/{id}/attachments", {
        params: { id },
        signal,
      });

export const addAttachment = ({
  owner: { of, id },
  ...write
}: {
  owner: OfOwner;
  body: FormData;
  idempotencyKey: string;
  progress: Progress;
}) =>
  of === "record"
    ? upload<typeof addAttachmentContract>("POST /disbursements/{id}/attachments", {
        params: { id },
        ...write,
      })
    : upload<typeof addPaperContract>("POST /households/{id}/attachments", {
        params: { id },
        ...write,
      });

export const removeAttachment = ({ id, idempotencyKey }: { id: string; idempotencyKey: string }) =>
  callApi<typeof removeAttachmentContract>("DELETE /attachments/{id}", {
    params: { id },
    idempotencyKey,
  });

import { addAttachment, receiveAttachment } from "@/lib/features/attachments/commands";
import { listAttachments } from "@/lib/features/attachments/queries";
import { addAttachmentContract, listAttachmentsContract } from "@/lib/features/attachments/schema";
import { defineRoute } from "@/lib/platform/route";

export const GET = defineRoute(listAttachmentsContract, ({ db, scope, actor, params }) =>
  listAttachments({ db, scope, actor, of: "record", id: params.id }),
);

export const POST = defineRoute(addAttachmentContract, receiveAttachment, addAttachment);

import { removeAttachment } from "@/lib/features/attachments/commands";
import { getAttachmentFile } from "@/lib/features/attachments/queries";
import {
  downloadAttachmentContract,
  removeAttachmentContract,
} from "@/lib/features/attachments/schema";
import { defineRoute, fileAnswer } from "@/lib/platform/route";

export const GET = defineRoute(
  downloadAttachmentContract,
  async ({ db, scope, actor, locale, params }) =>
    fileAnswer(await getAttachmentFile({ db, scope, actor, locale, id: params.id })),
);

export const DELETE = defineRoute(removeAttachmentContract, removeAttachment);

import type { z } from "zod";
import type { attachmentSchema, attachmentsSchema } from "./schema";

export type Attachment = z.infer<typeof attachmentSchema>;
export type Attachments = z.infer<typeof attachmentsSchema>;

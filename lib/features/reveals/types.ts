import type { z } from "zod";
import type { RevealedField } from "./labels";
import type { revealCountSchema, revealedSchema, revealRequestSchema } from "./schema";

export type Revealed = z.infer<typeof revealedSchema>;
export type RevealedLine = Revealed["lines"][number];
export type RevealCount = z.infer<typeof revealCountSchema>;
export type RevealRequest = z.infer<typeof revealRequestSchema>;

/** What is said before anything is shown. */
export type Asked = {
  fields: RevealedField[];
  reason: { code: RevealRequest["reason"]; words: string };
};

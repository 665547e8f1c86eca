import type { z } from "zod";
import type { adjustmentSchema, detailSchema, rowSchema, shareSchema, stepSchema } from "./schema";

/** The shape of a record is written once, as the schema of what crosses the wire. */
export type DisbursementRow = z.infer<typeof rowSchema>;
export type DisbursementDetail = z.infer<typeof detailSchema>;
export type ShareView = z.infer<typeof shareSchema>;
export type StepView = z.infer<typeof stepSchema>;
export type AdjustmentView = z.infer<typeof adjustmentSchema>;

import type { z } from "zod";
import type { findingSchema } from "./schema";

/** 检查结果. */
export type Finding = z.infer<typeof findingSchema>;

import type { Finding } from "./types";

export const FINDING_TONE = {
  hard: "danger",
  soft: "warning",
  notice: "info",
} as const satisfies Record<Finding["level"], string>;

import type { Names } from "@/lib/features/reference/present";
import { NO_CAMPAIGN } from "./types";

/** A condition on campaigns in words; `none` is what is said of belonging to none. */
export const campaignWords = (names: Names, none: string) => (code: string) =>
  code === NO_CAMPAIGN ? none : names.campaign(code);

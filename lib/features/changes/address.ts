import { addressOf } from "@/lib/features/filter/address";
import type { ChangesFilter } from "./types";

/** The lines that moved a figure after a position: its number, or a moment. */
export const changesHref = (
  filter: ChangesFilter,
  since: string | number | undefined,
  extra: Record<string, string> = {},
): string =>
  addressOf("/changes", filter, {
    ...(since === undefined ? {} : { since: String(since) }),
    ...extra,
  });

import { addressOf } from "@/lib/features/filter/address";
import type { BriefFormat, Length } from "@/lib/features/narratives/types";
import type { TextToken } from "./types";

export type BriefAsked = { year: number; org: string; length: Length };
type Extra = { version?: number | undefined; edit?: boolean };

/** A brief: the draft, a version somebody saved, or either of them opened for writing. */
export const briefHref = (
  { year, org, length }: BriefAsked,
  { version, edit = false }: Extra = {},
): string =>
  addressOf(
    "/narrative",
    { year, org },
    {
      ...(length === "long" ? {} : { length }),
      ...(version === undefined ? {} : { version: String(version) }),
      ...(edit ? { edit: "1" } : {}),
    },
  );

export const briefExportHref = (
  { year, org, length }: BriefAsked,
  format: BriefFormat,
  version: number | undefined,
): string =>
  addressOf(
    "/api/v1/exports/narrative",
    { year, org },
    {
      ...(length === "long" ? {} : { length }),
      ...(format === "txt" ? {} : { format }),
      ...(version === undefined ? {} : { version: String(version) }),
    },
  );

/** What moved a number since it was written; null where no line of the ledger tells of it (what waits, what was received). */
export function movedHref({ figure, seq }: Pick<TextToken, "figure" | "seq">): string | null {
  const [path, text = ""] = figure.split("?");
  const query = new URLSearchParams(text);
  if (path !== "/figures" || query.has("status")) return null;
  for (const name of ["measures", "asOf", "seq"]) query.delete(name);
  query.set("since", String(seq));
  return `/changes?${query.toString().replaceAll("%2C", ",")}`;
}

import { filterQuery } from "@/lib/features/filter/address";
import type { FigureFilter } from "@/lib/features/filter/types";
import type { Stamp } from "@/lib/kernel/position";
import type { AuditEntry, AuditQuery } from "./schema";

/** Where the subject itself can be read; null where it has no page. */
export function subjectHref(entry: AuditEntry): string | null {
  if (entry.subjectType === "disbursement") return `/disbursements/${entry.subjectId}`;
  return null;
}

/** The page's address under a filter, to go on from an entry. */
export function auditHref(query: Partial<AuditQuery>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    if (value !== undefined && name !== "limit") search.set(name, String(value));
  const text = search.toString();
  return text === "" ? "/audit" : `/audit?${text}`;
}

/** Every entry of the filter as a file. */
export function auditFileHref({ cursor: _, limit: __, ...filter }: Partial<AuditQuery>): string {
  const [, search = ""] = auditHref(filter).split("?");
  return search === "" ? "/api/v1/exports/audit" : `/api/v1/exports/audit?${search}`;
}

/** Who entered, changed and approved what stands in a figure. */
export const figureAuditHref = (filter: FigureFilter & Stamp): string =>
  auditHref({ figure: filterQuery(filter) });

import type { ExportHouseholdsQuery } from "./types";

/** The list as a file, to be followed as a link: a place, a format and a reason, and nothing of a person. */
export const householdListHref = (query: ExportHouseholdsQuery): string =>
  `/api/v1/households/export?${new URLSearchParams(query).toString()}`;

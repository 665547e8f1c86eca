export const importHref = (id: string, cursor?: string): string =>
  cursor === undefined ? `/import/${id}` : `/import/${id}?cursor=${encodeURIComponent(cursor)}`;

export const importsHref = (cursor?: string): string =>
  cursor === undefined ? "/import" : `/import?cursor=${encodeURIComponent(cursor)}`;

/** The bad rows, to be corrected and brought in again. */
export const rejectedHref = (id: string): string => `/api/v1/imports/${id}/rejected`;

export const templateHref = (programme: string): string =>
  `/api/v1/imports/template?programme=${encodeURIComponent(programme)}`;

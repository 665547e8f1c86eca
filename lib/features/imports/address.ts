type Shown = {
  cursor?: string | undefined;
  code?: string | undefined;
  column?: string | undefined;
};

/** An import; of its problems those from a row on, or of one kind. */
export function importHref(id: string, shown: Shown = {}): string {
  const given = Object.entries(shown).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  const query = new URLSearchParams(given).toString();
  return `/import/${id}${query && `?${query}#problems`}`;
}

export const importsHref = (cursor?: string): string =>
  cursor === undefined ? "/import" : `/import?cursor=${encodeURIComponent(cursor)}`;

/** The bad rows, to be corrected and brought in again. */
export const rejectedHref = (id: string): string => `/api/v1/imports/${id}/rejected`;

export const templateHref = (programme: string): string =>
  `/api/v1/imports/template?programme=${encodeURIComponent(programme)}`;

export function packFileHref(pack: string, file: string): string {
  return `/api/v1/packs/${pack}/files/${file}`;
}

export function packsHref(
  { year, org }: { year?: number | undefined; org?: string | undefined },
  cursor?: string,
): string {
  const search = new URLSearchParams();
  if (year !== undefined) search.set("year", String(year));
  if (org !== undefined) search.set("org", org);
  if (cursor !== undefined) search.set("cursor", cursor);
  const text = search.toString();
  return text === "" ? "/packs" : `/packs?${text}`;
}

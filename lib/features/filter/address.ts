import type { Coded, Reference } from "@/lib/features/reference/types";
import { FILTER_NAMES, NO_CAMPAIGN, type AddressFilter, type FigureFilter } from "./types";

const ORDER = [
  ...FILTER_NAMES,
  "asOf",
  "seq",
  "q",
  "only",
  "sort",
] as const satisfies (keyof AddressFilter)[];

const USUAL: Partial<Record<keyof AddressFilter, string>> = { yearAxis: "calendar" };

/** Same filter, same address, whatever order it was put together in. */
export function filterQuery(filter: AddressFilter, extra: Record<string, string> = {}): string {
  const query = new URLSearchParams();
  for (const name of ORDER) {
    const value = filter[name];
    const text = Array.isArray(value) ? value.join(",") : value === undefined ? "" : String(value);
    if (text !== "" && text !== USUAL[name]) query.set(name, text);
  }
  for (const [name, value] of Object.entries(extra)) query.set(name, value);
  // A comma may stand in a query as it is; the address stays readable.
  return query.toString().replaceAll("%2C", ",");
}

export function addressOf(
  path: string,
  filter: AddressFilter,
  extra?: Record<string, string>,
): string {
  const query = filterQuery(filter, extra);
  return query === "" ? path : `${path}?${query}`;
}

/** A place, or several, as a list. */
export const codesOf = (codes: string | readonly string[] | undefined): string[] =>
  codes === undefined ? [] : [codes].flat();

/** The one place a filter is about; undefined = none is named, null = several are, and one page shows one. */
export function onePlace(filter: FigureFilter): string | null | undefined {
  const { org, organisation, prefecture } = filter;
  const [place, ...others] = codesOf(organisation ?? prefecture ?? org);
  return others.length > 0 ? null : place;
}

/** An address may carry a code that is no longer, or never was: it is named, and the rest kept. */
export function knownCodes<Filter extends FigureFilter>(
  filter: Filter,
  reference: Reference,
): { filter: Filter; unknown: string[] } {
  const places = reference.organisations;
  const isPlace = (code: string) => places.some((place) => place.code === code);
  const lists = {
    programme: reference.programmes,
    aidCategory: reference.aidCategories,
    recipientKind: reference.recipientKinds,
    campaign: [...reference.campaigns, { code: NO_CAMPAIGN }],
    fundSource: reference.fundSources,
  };
  const known = { ...filter };
  // the civil year is what is meant where nothing is said
  if (known.yearAxis === "calendar") delete known.yearAxis;
  const unknown: string[] = [];
  for (const axis of ["org", "organisation", "prefecture"] as const) {
    const codes = codesOf(filter[axis]);
    const strange = codes.filter((code) => !isPlace(code));
    if (strange.length === 0) continue;
    unknown.push(...strange);
    const kept = codes.filter((code) => !strange.includes(code));
    known[axis] = kept.length > 0 ? kept : undefined;
  }
  for (const [axis, list] of Object.entries(lists) as [
    keyof typeof lists,
    Pick<Coded, "code">[],
  ][]) {
    const codes = filter[axis];
    if (codes === undefined) continue;
    const kept = codes.filter((code) => list.some((choice) => choice.code === code));
    unknown.push(...codes.filter((code) => !kept.includes(code)));
    known[axis] = kept.length > 0 ? kept : undefined;
  }
  return { filter: known, unknown };
}

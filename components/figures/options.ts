import type { SelectOption } from "@/components/form/select";
import {
  organisationSource,
  type OrganisationSource,
} from "@/components/reference/organisation-source";
import { pathTo, placeName } from "@/lib/features/reference/present";
import type { Organisation, PageReference, Reference } from "@/lib/features/reference/types";
import type { Locale } from "@/lib/kernel/preferences";

/** The newest first; the year in view stands among them even where no book was opened for it. */
export function yearOptions(reference: Reference, current?: number): SelectOption[] {
  const years = new Set(reference.years.map((year) => year.year));
  if (current !== undefined) years.add(current);
  return [...years]
    .sort((left, right) => right - left)
    .map((year) => ({ value: String(year), label: String(year) }));
}

/** The organisations of a filter: the tree where it is short, else with the server. */
export const placeSource = (
  { reference, places }: { reference: PageReference; places: readonly Organisation[] },
  chosen: string | undefined,
  locale: Locale,
): OrganisationSource =>
  organisationSource(reference, { chosen, locale, listed: () => placeOptions(places, locale) });

/** The tree in the order of the code, each level set in under the one above. */
function placeOptions(places: readonly Organisation[], locale: Locale): SelectOption[] {
  const byPath = [...places].sort((left, right) =>
    left.code === right.code ? 0 : left.code < right.code ? -1 : 1,
  );
  return byPath.map((place) => ({
    value: place.code,
    label: `${"\u3000".repeat(pathTo(places, place.code).length - 1)}${placeName(place, locale)}`,
  }));
}

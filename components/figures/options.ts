import type { SelectOption } from "@/components/form/select";
import {
  organisationSource,
  type OrganisationSource,
} from "@/components/reference/organisation-source";
import { pathTo, placeName } from "@/lib/features/reference/present";
import type { Organisation, PageReference, Reference } from "@/lib/features/reference/types";
import type { Locale } from "@/lib/kernel/preferences";
import type { YearAxis } from "@/lib/kernel/year-axis";

/**
 * The newest first; the year in view stands among them even where no book was opened for it. The last months of a book
 * lie in the statistics year after it.
 */
export function yearOptions(
  reference: Reference,
  current?: number,
  yearAxis?: YearAxis,
): SelectOption[] {
  const books = reference.years.map((year) => year.year);
  const years = new Set(books);
  if (yearAxis === "statistics" && books.length > 0) years.add(Math.max(...books) + 1);
  if (current !== undefined) years.add(current);
  return [...years]
    .sort((left, right) => right - left)
    .map((year) => ({ value: String(year), label: String(year) }));
}

/** How years are cut, chosen beside the year. */
export const yearAxisField = (
  yearAxis: YearAxis | undefined,
  t: (key: "yearAxis" | "calendar" | "statistics") => string,
) => ({
  name: "yearAxis",
  label: t("yearAxis"),
  width: "axis" as const,
  value: yearAxis === "statistics" ? yearAxis : "",
  options: [{ value: "statistics", label: t("statistics") }],
  placeholder: t("calendar"),
});

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

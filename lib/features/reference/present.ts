import type { Locale } from "@/lib/kernel/preferences";
import type { Coded, Organisation, Reference } from "./types";

export function nameOf(coded: Pick<Coded, "nameZh" | "nameEn">, locale: Locale): string {
  return locale === "en" ? coded.nameEn : coded.nameZh;
}

/** Code → name, per list; an unknown code shows itself rather than nothing. */
export type Names = {
  organisation: (code: string) => string;
  programme: (code: string) => string;
  aidCategory: (code: string) => string;
  recipientKind: (code: string) => string;
  fundSource: (code: string) => string;
  campaign: (code: string) => string;
};

export function namesOf(reference: Reference, locale: Locale): Names {
  const lookup = (list: readonly Coded[]) => {
    const names = new Map(list.map((item) => [item.code, nameOf(item, locale)]));
    return (code: string) => names.get(code) ?? code;
  };
  return {
    organisation: lookup(reference.organisations),
    programme: lookup(reference.programmes),
    aidCategory: lookup(reference.aidCategories),
    recipientKind: lookup(reference.recipientKinds),
    fundSource: lookup(reference.fundSources),
    campaign: lookup(reference.campaigns),
  };
}

type Named = Pick<Coded, "nameZh" | "nameEn">;

/** 西宁市总工会 → 西宁市: where only places stand in a row, the word they share says nothing. */
export function placeName(coded: Named, locale: Locale): string {
  return nameOf(coded, locale)
    .replace(/总工会$| Federation of Trade Unions$/, "")
    .replace(/ Provincial$/, " Province");
}

/** As it is said, for an axis or a narrow column: 大通回族土族自治县 → 大通县. The full name stands in the title. */
export function placeShortName(coded: Named, locale: Locale): string {
  const name = placeName(coded, locale);
  if (locale !== "en") return name.replace(/^(..).*族自治县$/, "$1县");
  return name.replace(
    /( Hui| Tu| Salar| Mongol| and)* (Autonomous )?(County|District|City|Prefecture)$/,
    "",
  );
}

/** From the reader's own organisation down to `code`, for the breadcrumb. */
export function pathTo(places: readonly Organisation[], code: string): Organisation[] {
  const place = places.find((other) => other.code === code);
  if (!place) return [];
  return places
    .filter((other) => place.path.startsWith(other.path))
    .sort((left, right) => left.path.length - right.path.length);
}

/** The highest organisation the reader may see; the first by code where there are several. */
export function topOf(places: readonly Organisation[]): Organisation | undefined {
  return [...places].sort(
    (left, right) =>
      left.path.split("/").length - right.path.split("/").length ||
      (left.code < right.code ? -1 : 1),
  )[0];
}

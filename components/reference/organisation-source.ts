import type { ComboboxOption } from "@/components/form/combobox-filter";
import type { SelectOption } from "@/components/form/select";
import type { AskedOrganisations } from "@/lib/features/reference/client";
import { nameOf } from "@/lib/features/reference/present";
import type { PageReference } from "@/lib/features/reference/types";
import type { Locale } from "@/lib/kernel/preferences";

/** Where a picker finds organisations: all of them at hand, or with the server, which is asked while one types. */
export type OrganisationSource =
  | { listed: readonly (SelectOption & ComboboxOption)[] }
  | { ask: AskedOrganisations; chosen: ComboboxOption | undefined; locale: Locale };

/** `listed` says how they stand where they are few enough to stand there at all. */
export function organisationSource(
  reference: Pick<PageReference, "listed" | "organisations">,
  of: {
    chosen: string | undefined;
    locale: Locale;
    ask?: AskedOrganisations;
    listed: () => readonly (SelectOption & ComboboxOption)[];
  },
): OrganisationSource {
  if (reference.listed) return { listed: of.listed() };
  const { chosen: code, locale, ask = {} } = of;
  const found = reference.organisations.find((one) => one.code === code);
  const chosen = code ? { value: code, label: found ? nameOf(found, locale) : code } : undefined;
  return { ask, chosen, locale };
}

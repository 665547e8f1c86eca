"use client";

import { useLocale, useTranslations } from "next-intl";
import type { SelectOption } from "@/components/form/select";
import { organisationSource } from "@/components/reference/organisation-source";
import { nameOf } from "@/lib/features/reference/present";
import type { PageReference } from "@/lib/features/reference/types";
import { ROLES, type OrganisationKind } from "@/lib/kernel/actor";
import type { Locale } from "@/lib/kernel/preferences";
import type { AdminUser } from "@/lib/features/admin/schema";

type Named = { nameZh: string; nameEn: string };

export function useName(): (named: Named) => string {
  const english = useLocale() === "en";
  return ({ nameZh, nameEn }) => (english ? nameEn : nameZh);
}

export function useRoleOptions(): SelectOption[] {
  const t = useTranslations("labels.role");
  return ROLES.map((role) => ({ value: role, label: t(role) }));
}

/** Where accounts find organisations: any of them, or of these kinds; to filter by, those out of use too. */
export function useOrganisations(reference: PageReference) {
  const locale = useLocale() as Locale;
  return (of: { chosen?: string | undefined; kind?: OrganisationKind[]; retired?: boolean }) =>
    organisationSource(reference, {
      chosen: of.chosen,
      locale,
      ask: { kind: of.kind, ...(of.retired ? {} : { active: "true" as const }) },
      listed: () =>
        reference.organisations
          .filter(({ kind }) => of.kind === undefined || of.kind.includes(kind))
          .map((organisation) => ({
            value: organisation.code,
            label: `${organisation.code} ${nameOf(organisation, locale)}`,
            disabled: !of.retired && !organisation.active,
          })),
    });
}

type Held = Pick<AdminUser["memberships"][number], "role" | "organisationZh" | "organisationEn">;

/** A role held at an organisation, in words. */
export function useRoleAt() {
  const t = useTranslations("account");
  const tRole = useTranslations("labels.role");
  const name = useName();
  return ({ role, organisationZh: nameZh, organisationEn: nameEn }: Held) =>
    t("roleAt", { role: tRole(role), organisation: name({ nameZh, nameEn }) });
}

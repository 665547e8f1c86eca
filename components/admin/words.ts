"use client";

import { useLocale, useTranslations } from "next-intl";
import type { SelectOption } from "@/components/form/select";
import { ROLES } from "@/lib/kernel/actor";
import type { AdminOrganisation } from "@/lib/features/admin/schema";

type Named = { nameZh: string; nameEn: string };

export function useName(): (named: Named) => string {
  const english = useLocale() === "en";
  return ({ nameZh, nameEn }) => (english ? nameEn : nameZh);
}

export function useRoleOptions(): SelectOption[] {
  const t = useTranslations("labels.role");
  return ROLES.map((role) => ({ value: role, label: t(role) }));
}

export function useOrganisationOptions(
  organisations: readonly AdminOrganisation[],
): SelectOption[] {
  const name = useName();
  return organisations.map((organisation) => ({
    value: organisation.code,
    label: `${organisation.code} ${name(organisation)}`,
    disabled: !organisation.active,
  }));
}

/** A role held at an organisation, in words. */
export function useRoleAt(organisations: readonly AdminOrganisation[]) {
  const t = useTranslations("account");
  const tRole = useTranslations("labels.role");
  const name = useName();
  const byCode = new Map(organisations.map((organisation) => [organisation.code, organisation]));
  return ({ role, organisation }: { role: (typeof ROLES)[number]; organisation: string }) => {
    const known = byCode.get(organisation);
    return t("roleAt", { role: tRole(role), organisation: known ? name(known) : organisation });
  };
}

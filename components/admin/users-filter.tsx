"use client";

import { useTranslations } from "next-intl";
import { FilterControl, FilterForm } from "@/components/form/filter-form";
import { Select } from "@/components/form/select";
import { TextInput } from "@/components/form/text-input";
import { OrganisationPicker } from "@/components/reference/organisation-picker";
import type { UsersQuery } from "@/lib/features/admin/schema";
import type { PageReference } from "@/lib/features/reference/types";
import { useOrganisations, useRoleOptions } from "./words";

type Props = { query: UsersQuery; reference: PageReference };

export function UsersFilter({ query, reference }: Props) {
  const t = useTranslations("admin");
  const roles = useRoleOptions();
  const organisations = useOrganisations(reference);
  return (
    <FilterForm path="/admin" label={t("filter")} apply={t("apply")}>
      <FilterControl name="q" label={t("users.search")}>
        {(control) => (
          <TextInput {...control} type="search" defaultValue={query.q} maxLength={60} />
        )}
      </FilterControl>
      <FilterControl name="role" label={t("users.role")}>
        {(control) => (
          <Select
            {...control}
            placeholder={t("all")}
            options={roles}
            defaultValue={query.role ?? ""}
          />
        )}
      </FilterControl>
      <FilterControl name="org" label={t("users.org")}>
        {(control) => (
          <OrganisationPicker
            {...control}
            as="select"
            clearable
            placeholder={t("all")}
            source={organisations({ chosen: query.org, retired: true })}
            defaultValue={query.org}
          />
        )}
      </FilterControl>
      <FilterControl name="active" label={t("users.activeState")}>
        {(control) => (
          <Select
            {...control}
            placeholder={t("all")}
            options={[
              { value: "true", label: t("users.active") },
              { value: "false", label: t("users.disabled") },
            ]}
            defaultValue={query.active ?? ""}
          />
        )}
      </FilterControl>
    </FilterForm>
  );
}

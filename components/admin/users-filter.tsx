"use client";

import { useTranslations } from "next-intl";
import { FilterControl, FilterForm } from "@/components/form/filter-form";
import { Select } from "@/components/form/select";
import { TextInput } from "@/components/form/text-input";
import type { AdminOrganisation, UsersQuery } from "@/lib/features/admin/schema";
import { useOrganisationOptions, useRoleOptions } from "./words";

type Props = { query: UsersQuery; organisations: readonly AdminOrganisation[] };

export function UsersFilter({ query, organisations }: Props) {
  const t = useTranslations("admin");
  const roles = useRoleOptions();
  const options = useOrganisationOptions(organisations).map(({ value, label }) => ({
    value,
    label,
  }));
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
          <Select
            {...control}
            placeholder={t("all")}
            options={options}
            defaultValue={query.org ?? ""}
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

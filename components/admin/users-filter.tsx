"use client";

import { useTranslations } from "next-intl";
import { useId } from "react";
import { Select } from "@/components/form/select";
import { TextInput } from "@/components/form/text-input";
import { Button } from "@/components/ui/button";
import { LinkButton } from "@/components/ui/link-button";
import type { AdminOrganisation, UsersQuery } from "@/lib/features/admin/schema";
import styles from "./admin.module.css";
import { useOrganisationOptions, useRoleOptions } from "./words";

type Props = { query: UsersQuery; organisations: readonly AdminOrganisation[] };

export function UsersFilter({ query, organisations }: Props) {
  const t = useTranslations("admin");
  const id = useId();
  const roles = useRoleOptions();
  const options = useOrganisationOptions(organisations).map(({ value, label }) => ({
    value,
    label,
  }));
  const label = (name: string, text: string) => (
    <label className={styles.label} htmlFor={`${id}-${name}`}>
      {text}
    </label>
  );
  return (
    <form action="/admin" className={styles.filter} aria-label={t("filter")}>
      <div>
        {label("q", t("users.search"))}
        <TextInput id={`${id}-q`} name="q" type="search" defaultValue={query.q} maxLength={60} />
      </div>
      <div>
        {label("role", t("users.role"))}
        <Select
          id={`${id}-role`}
          name="role"
          placeholder={t("all")}
          options={roles}
          defaultValue={query.role ?? ""}
        />
      </div>
      <div>
        {label("org", t("users.org"))}
        <Select
          id={`${id}-org`}
          name="org"
          placeholder={t("all")}
          options={options}
          defaultValue={query.org ?? ""}
        />
      </div>
      <div>
        {label("active", t("users.activeState"))}
        <Select
          id={`${id}-active`}
          name="active"
          placeholder={t("all")}
          options={[
            { value: "true", label: t("users.active") },
            { value: "false", label: t("users.disabled") },
          ]}
          defaultValue={query.active ?? ""}
        />
      </div>
      <div className={styles.buttons}>
        <Button type="submit">{t("apply")}</Button>
        <LinkButton href="/admin" variant="quiet">
          {t("clear")}
        </LinkButton>
      </div>
    </form>
  );
}

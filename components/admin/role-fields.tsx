"use client";

import { Field } from "@/components/form/field";
import { Select } from "@/components/form/select";
import { OrganisationPicker } from "@/components/reference/organisation-picker";
import type { MembershipInput } from "@/lib/features/admin/schema";
import type { ROLES_BY_TWO } from "@/lib/features/admin/types";
import type { PageReference } from "@/lib/features/reference/types";
import type { Role } from "@/lib/kernel/actor";
import { ROLES } from "@/lib/kernel/actor";
import { useTranslations } from "next-intl";
import styles from "./admin.module.css";
import { textOf } from "./names-fields";
import { useOrganisations, useRoleOptions } from "./words";

type Props = {
  reference: PageReference;
  errorOf: (field: string) => string | undefined;
  /** Where the fields stand in what is sent: "membership." for a new account. */
  path?: string;
};

export function RoleFields({ reference, errorOf, path = "" }: Props) {
  const t = useTranslations("admin.users");
  const tCommon = useTranslations("common");
  const roles = useRoleOptions();
  const organisations = useOrganisations(reference);
  return (
    <div className={styles.pair}>
      <Field label={t("role")} hint={t("roleHint")} error={errorOf(`${path}role`)} required>
        {(control) => (
          <Select {...control} name="role" options={roles} placeholder={tCommon("choose")} />
        )}
      </Field>
      <Field label={t("organisation")} error={errorOf(`${path}organisation`)} required>
        {(control) => (
          <OrganisationPicker
            {...control}
            name="organisation"
            as="select"
            source={organisations({})}
            placeholder={tCommon("choose")}
          />
        )}
      </Field>
    </div>
  );
}

type RoleByTwo = (typeof ROLES_BY_TWO)[number];

/** The same, where the role is one that two administrators give. */
export const byTwo = ({ role, organisation }: MembershipInput) => ({
  role: role as RoleByTwo,
  organisation,
});

/** What was chosen; an empty choice is sent as it is, for the server to name in its words. */
export function roleOf(data: FormData): MembershipInput {
  const role = textOf(data, "role");
  return {
    role: ROLES.find((known) => known === role) ?? (role as Role),
    organisation: textOf(data, "organisation"),
  };
}

"use client";

import { useTranslations } from "next-intl";
import { Field } from "@/components/form/field";
import { OrganisationPicker } from "@/components/reference/organisation-picker";
import type { PageReference } from "@/lib/features/reference/types";
import { useOrganisations } from "./words";

type Props = { reference: PageReference; error: string | undefined };

/** The place below which a rule or a limit holds; none = everywhere. */
export function WhereField({ reference, error }: Props) {
  const t = useTranslations("admin.rules");
  const organisations = useOrganisations(reference);
  return (
    <Field label={t("where")} hint={t("whereHint")} error={error} optional>
      {(control) => (
        <OrganisationPicker
          {...control}
          name="organisation"
          as="select"
          clearable
          source={organisations({})}
          placeholder={t("everywhere")}
        />
      )}
    </Field>
  );
}

"use client";

import { useTranslations } from "next-intl";
import { Field } from "@/components/form/field";
import { Select } from "@/components/form/select";
import { TextInput } from "@/components/form/text-input";
import type { AdminProgramme, UpdateProgrammeInput } from "@/lib/features/admin/schema";
import { CLAIM_PERIODS } from "@/lib/features/reference/types";
import styles from "./admin.module.css";
import { textOf } from "./names-fields";

type Props = {
  claims: AdminProgramme["claims"];
  errorOf: (field: string) => string | undefined;
};

/** How often one person may have aid of it: what holds, and what shall hold from a year on in which nothing was claimed. */
export function ClaimsFields({ claims, errorOf }: Props) {
  const t = useTranslations("admin.programmes");
  const { periods, from } = claims;
  const holds = periods.length === 0 ? [{ period: "year" as const, fromYear: 2000, reason: null }] : periods; // prettier-ignore
  return (
    <fieldset className={styles.group}>
      <legend>{t("claims")}</legend>
      <ul className={styles.roles}>
        {holds.map(({ period, fromYear, reason }) => (
          <li key={fromYear}>
            {reason === null
              ? t(`claimsOf.${period}`)
              : t("claimsSince", {
                  year: String(fromYear),
                  period: t(`claimsOf.${period}`),
                  reason,
                })}
          </li>
        ))}
      </ul>
      <Field
        label={t("claimsChange")}
        hint={t("claimsHint")}
        error={errorOf("claims.period")}
        optional
      >
        {(control) => (
          <Select
            {...control}
            name="claimPeriod"
            placeholder={t("claimsAsBefore")}
            options={CLAIM_PERIODS.map((value) => ({ value, label: t(`claimsOf.${value}`) }))}
            defaultValue=""
          />
        )}
      </Field>
      <Field
        label={t("claimsFromYear")}
        hint={t("claimsFrom", { year: String(from) })}
        error={errorOf("claims.fromYear")}
        width="half"
        optional
      >
        {(control) => (
          <TextInput
            {...control}
            name="claimsFromYear"
            inputMode="numeric"
            maxLength={4}
            defaultValue={from}
          />
        )}
      </Field>
      <Field label={t("claimsReason")} error={errorOf("claims.reason")} optional>
        {(control) => <TextInput {...control} name="claimsReason" maxLength={200} />}
      </Field>
    </fieldset>
  );
}

/** Nothing chosen: it stays as it is. */
export function claimsOf(data: FormData): Pick<UpdateProgrammeInput, "claims"> {
  const period = CLAIM_PERIODS.find((one) => one === data.get("claimPeriod"));
  if (!period) return {};
  const fromYear = Number(textOf(data, "claimsFromYear"));
  return { claims: { period, fromYear, reason: textOf(data, "claimsReason") } };
}

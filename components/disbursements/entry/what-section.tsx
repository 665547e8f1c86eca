"use client";

import { useTranslations } from "next-intl";
import { Combobox } from "@/components/form/combobox";
import { Field } from "@/components/form/field";
import { FieldRow } from "@/components/form/form-layout";
import { Select } from "@/components/form/select";
import { OrganisationPicker } from "@/components/reference/organisation-picker";
import { organisationSource } from "@/components/reference/organisation-source";
import { labelKey } from "@/lib/features/disbursements/labels";
import { monthsText } from "@/lib/kernel/written";
import { nameOf } from "@/lib/features/reference/present";
import type { Coded } from "@/lib/features/reference/types";
import { fieldId, useEntryFields } from "./entry-context";
import { withProgramme } from "@/lib/features/entry/present";
import { keywordsOf } from "./keywords";
import { Section } from "./section";

function OrganisationField() {
  const t = useTranslations("entry.what");
  const { values, change, errorOf, reference, organisations, elsewhere, names, locale } =
    useEntryFields();
  if (organisations.length === 1 && !elsewhere) return null;
  const listed = { ...reference, listed: !elsewhere };
  const source = organisationSource(listed, {
    chosen: values.organisation,
    locale,
    ask: { entering: "true", active: "true" },
    listed: () =>
      reference.organisations
        .filter(({ code }) => organisations.includes(code))
        .map((organisation) => ({
          value: organisation.code,
          label: nameOf(organisation, locale),
          note: names.organisation(organisation.prefectureCode),
          keywords: keywordsOf(organisation),
        })),
  });
  return (
    <Field
      id={fieldId("organisation")}
      label={t("organisation")}
      error={errorOf("organisation")}
      required
    >
      {(control) => (
        <OrganisationPicker
          {...control}
          source={source}
          value={values.organisation}
          onChange={(organisation) => change({ organisation, campaign: "" })}
        />
      )}
    </Field>
  );
}

function ProgrammeField() {
  const t = useTranslations("entry.what");
  const { values, change, errorOf, reference, programme, locale, today } = useEntryFields();
  const options = reference.programmes
    .filter(({ active, code }) => active || code === values.programme)
    .map((item) => ({
      value: item.code,
      label: nameOf(item, locale),
      keywords: keywordsOf(item),
    }));
  const months = programme?.seasonMonths ?? [];
  return (
    <Field
      id={fieldId("programme")}
      label={t("programme")}
      error={errorOf("programme")}
      hint={
        programme?.contributory
          ? t("contributory")
          : months.length > 0
            ? t("months", { months: monthsText(months, locale) })
            : t("programmeHint")
      }
      required
    >
      {(control) => (
        <Combobox
          {...control}
          placeholder={t("programmePlaceholder")}
          options={options}
          value={values.programme}
          onChange={(code) => {
            const next = reference.programmes.find((item) => item.code === code);
            change(withProgramme(values, next, programme, today));
          }}
        />
      )}
    </Field>
  );
}

function CampaignField() {
  const t = useTranslations("entry.what");
  const { values, change, errorOf, reference, locale } = useEntryFields();
  const pathOf = (code: string) => reference.organisations.find((o) => o.code === code)?.path;
  const path = pathOf(values.organisation);
  // A campaign serves its organisation and everything below it.
  const campaigns = reference.campaigns.filter(({ programme, organisation, code }) => {
    if (code === values.campaign) return true;
    const home = pathOf(organisation);
    return programme === values.programme && home !== undefined && path?.startsWith(home);
  });
  if (campaigns.length === 0) return null;
  return (
    <Field
      id={fieldId("campaign")}
      label={t("campaign")}
      error={errorOf("campaign")}
      width="half"
      optional
    >
      {(control) => (
        <Select
          {...control}
          placeholder={t("noCampaign")}
          options={campaigns.map((item) => ({ value: item.code, label: nameOf(item, locale) }))}
          value={values.campaign}
          onChange={(event) => change({ campaign: event.target.value })}
        />
      )}
    </Field>
  );
}

/** Programme first: it brings the rest. */
export function WhatSection() {
  const t = useTranslations("entry");
  const choose = useTranslations("common")("choose");
  const labels = useTranslations("labels");
  const { values, change, errorOf, reference, programme, locale } = useEntryFields();
  const coded = (list: readonly (Coded & { active: boolean })[], chosen: string) =>
    list
      .filter(({ active, code }) => active || code === chosen)
      .map((item) => ({ value: item.code, label: nameOf(item, locale) }));
  const forms = programme?.allowedForms ?? [];
  return (
    <Section title={t("what.title")}>
      <OrganisationField />
      <ProgrammeField />
      <CampaignField />
      <FieldRow>
        <Field
          id={fieldId("aidCategory")}
          label={t("what.aidCategory")}
          error={errorOf("aidCategory")}
        >
          {(control) => (
            <Select
              {...control}
              placeholder={choose}
              options={coded(reference.aidCategories, values.aidCategory)}
              value={values.aidCategory}
              onChange={(event) => change({ aidCategory: event.target.value })}
            />
          )}
        </Field>
        <Field
          id={fieldId("recipientKind")}
          label={t("what.recipientKind")}
          error={errorOf("recipientKind")}
        >
          {(control) => (
            <Select
              {...control}
              placeholder={choose}
              options={coded(reference.recipientKinds, values.recipientKind)}
              value={values.recipientKind}
              onChange={(event) => change({ recipientKind: event.target.value })}
            />
          )}
        </Field>
        <Field id={fieldId("form")} label={t("what.form")} error={errorOf("form")}>
          {(control) => (
            <Select
              {...control}
              placeholder={choose}
              options={forms.map((form) => ({
                value: form,
                label: labels(labelKey("form", form)),
              }))}
              value={values.form}
              disabled={!programme}
              onChange={(event) => change({ form: event.target.value })}
            />
          )}
        </Field>
      </FieldRow>
    </Section>
  );
}

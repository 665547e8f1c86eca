import { useTranslations } from "next-intl";
import { DayBound } from "@/components/form/day-bound";
import { FilterControl, FilterForm } from "@/components/form/filter-form";
import { Select } from "@/components/form/select";
import { TextInput } from "@/components/form/text-input";
import { OrganisationPicker } from "@/components/reference/organisation-picker";
import type { OrganisationSource } from "@/components/reference/organisation-source";
import { auditHref } from "@/lib/features/audit/address";
import { ACTION_GROUPS } from "@/lib/features/audit/present";
import type { AuditQuery } from "@/lib/features/audit/schema";

type Props = { query: AuditQuery; organisations: OrganisationSource };

export function AuditFilter({ query, organisations }: Props) {
  const t = useTranslations("audit");
  const groups = ACTION_GROUPS.map((group) => ({ value: group, label: t(`group.${group}`) }));
  return (
    <FilterForm
      path={query.figure ? auditHref({ figure: query.figure }) : "/audit"}
      label={t("filter")}
      apply={t("apply")}
    >
      {query.figure && <input type="hidden" name="figure" value={query.figure} />}
      <FilterControl name="from" label={t("from")}>
        {(control) => (
          <DayBound
            {...control}
            edge="first"
            defaultValue={query.from}
            placeholder={t("dayHint")}
          />
        )}
      </FilterControl>
      <FilterControl name="to" label={t("to")}>
        {(control) => (
          <DayBound {...control} edge="last" defaultValue={query.to} placeholder={t("dayHint")} />
        )}
      </FilterControl>
      <FilterControl name="actor" label={t("actor")}>
        {(control) => (
          <TextInput
            {...control}
            defaultValue={query.actor}
            placeholder={t("actorHint")}
            autoCapitalize="none"
            spellCheck={false}
          />
        )}
      </FilterControl>
      <FilterControl name="action" label={t("action")}>
        {(control) => (
          <Select
            {...control}
            placeholder={t("all")}
            options={groups}
            defaultValue={query.action ?? ""}
          />
        )}
      </FilterControl>
      <FilterControl name="org" label={t("org")} wide>
        {(control) => (
          <OrganisationPicker
            {...control}
            as="select"
            clearable
            placeholder={t("all")}
            source={organisations}
            defaultValue={query.org}
          />
        )}
      </FilterControl>
      <FilterControl name="record" label={t("record")}>
        {(control) => (
          <TextInput {...control} defaultValue={query.record} placeholder={t("recordHint")} />
        )}
      </FilterControl>
    </FilterForm>
  );
}

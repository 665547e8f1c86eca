"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { Field } from "@/components/form/field";
import { Select, type SelectOption } from "@/components/form/select";
import { listProjects } from "@/lib/features/projects/client";

type Asked = { organisation: string; year: number; fundSource: string };
type ProjectChoiceProps = Asked & {
  value: string;
  error: string | undefined;
  onChange: (project: string) => void;
};

/** The approved projects that such money may be for; asked of the server, since few receivers have any. */
function useProjects({ organisation, year, fundSource }: Asked): readonly SelectOption[] {
  const [found, setFound] = useState<{ of: string; options: SelectOption[] } | null>(null);
  useEffect(() => {
    if (organisation === "") return;
    const asking = new AbortController();
    listProjects({ organisation, year, fundSource, status: ["approved"] }, asking.signal).then(
      ({ items }) =>
        setFound({
          of: organisation,
          options: items.map(({ id, name }) => ({ value: id, label: name })),
        }),
      // not to be had just now: the money can be passed down all the same
      () => undefined,
    );
    return () => asking.abort();
  }, [organisation, year, fundSource]);
  return found?.of === organisation ? found.options : [];
}

/** 申报项目 of the receiver, where it has one that takes this money. */
export function ProjectChoice({ value, error, onChange, ...asked }: ProjectChoiceProps) {
  const t = useTranslations("allotments.passDown");
  const options = useProjects(asked);
  if (options.length === 0) return null;
  return (
    <Field label={t("project")} optional error={error}>
      {(control) => (
        <Select
          {...control}
          placeholder={t("noProject")}
          options={options}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}

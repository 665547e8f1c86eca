"use client";

import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { CodeField } from "@/components/admin/code-fields";
import { KeptDialog } from "@/components/admin/kept-dialog";
import { namesOf, NamesFields, textOf } from "@/components/admin/names-fields";
import { useCommand } from "@/components/command/use-command";
import { Field } from "@/components/form/field";
import { TextArea } from "@/components/form/text-input";
import { createMap, updateMap } from "@/lib/features/export-maps/client";
import { mapColumns } from "@/lib/features/export-maps/rules";
import type { ExportMap } from "@/lib/features/export-maps/schema";
import { headingOf } from "@/lib/features/rows/labels";

type Props = {
  /** Null for a new one. */
  map: ExportMap | null;
  onClose: () => void;
  onDone: () => void;
};

const headingsIn = (text: string): string[] =>
  text
    .split(/[\n\t]/)
    .map((heading) => heading.trim())
    .filter((heading) => heading !== "");

/** Which heads have nothing of the ledger under them, said while they are typed. */
function useSaid(text: string): string {
  const t = useTranslations("admin.maps");
  const locale = useLocale() === "en" ? "en" : "zh-CN";
  const columns = mapColumns(headingsIn(text));
  const empty = columns.filter(({ under }) => under === null).map(({ heading }) => heading);
  const renamed = columns.flatMap(({ heading, under, wan }) => {
    if (under === null || under === "number" || under === "reference") return [];
    const own = headingOf(under, locale);
    return own === heading || wan ? [] : [t("means", { heading, column: own })];
  });
  return [
    t("columns", { count: columns.length }),
    ...(renamed.length > 0 ? [renamed.join(t("separator"))] : []),
    ...(empty.length > 0 ? [t("byHand", { headings: empty.join(t("separator")) })] : []),
  ].join(t("stop"));
}

export function MapDialog({ map, onClose, onDone }: Props) {
  const t = useTranslations("admin");
  const command = useCommand();
  const { errorOf } = command;
  const [text, setText] = useState(map?.headings.join("\n") ?? "");
  const said = useSaid(text);

  async function save(data: FormData) {
    const fields = { ...namesOf(data), headings: headingsIn(text) };
    const outcome = await command.run(async (send) =>
      map === null
        ? send(createMap, { body: { code: textOf(data, "code"), ...fields } })
        : send(updateMap, {
            id: map.code,
            body: { version: map.version, ...fields, active: data.get("active") === "on" },
          }),
    );
    if (outcome.ok) onDone();
  }

  return (
    <KeptDialog
      command={command}
      onClose={onClose}
      size="wide"
      title={map === null ? t("maps.new") : t("maps.edit", { code: map.code })}
      inUse={map}
      onConfirm={(data) => void save(data)}
    >
      {map === null && <CodeField error={errorOf("code")} />}
      <NamesFields nameZh={map?.nameZh} nameEn={map?.nameEn} errorOf={errorOf} />
      <Field
        label={t("maps.headings")}
        hint={t("maps.headingsHint")}
        error={errorOf("headings")}
        required
      >
        {(control) => (
          <TextArea
            {...control}
            rows={12}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
      <p className="quiet" aria-live="polite">
        {said}
      </p>
    </KeptDialog>
  );
}

"use client";

import { useTranslations } from "next-intl";
import { namesOf, NamesFields, textOf } from "@/components/admin/names-fields";
import { KeptDialog } from "@/components/admin/kept-dialog";
import { useCommand } from "@/components/command/use-command";
import { Checkbox } from "@/components/form/checkbox";
import { Field } from "@/components/form/field";
import { FieldRow } from "@/components/form/form-layout";
import { Select } from "@/components/form/select";
import { TextInput } from "@/components/form/text-input";
import { civilDateInChina, yearOf } from "@/lib/kernel/fiscal-year";
import { SOURCE_LIMITS } from "@/lib/kernel/record-codes";
import { useState } from "react";
import { createListItem, updateListItem } from "@/lib/features/catalogue/client";
import type { ListItem } from "@/lib/features/catalogue/schema";
import type { ListName } from "@/lib/features/catalogue/types";
import { CodeField, OrderField, orderOf } from "@/components/admin/code-fields";

type Props = {
  list: ListName;
  /** Null for a new one. */
  item: ListItem | null;
  onClose: () => void;
  onDone: () => void;
};

export function ListItemDialog({ list, item, onClose, onDone }: Props) {
  const t = useTranslations("admin");
  const command = useCommand();
  const { errorOf } = command;
  const isSource = list === "fund-sources";

  async function save(data: FormData) {
    const earmarked = isSource ? { earmarked: data.get("earmarked") === "on" } : {};
    const limit = SOURCE_LIMITS.find((one) => one === data.get("limit"));
    const fromYear = Number(data.get("limitFrom"));
    const fields = { ...namesOf(data), ...orderOf(data), ...earmarked };
    const active = data.get("active") === "on";
    const outcome = await command.run(async (send) =>
      item === null
        ? send(createListItem, { list, body: { code: textOf(data, "code"), ...fields } })
        : send(updateListItem, {
            list,
            id: item.code,
            body: {
              ...{ version: item.version, ...fields, active },
              ...(limit ? { limit: { fromYear, limit } } : {}),
            },
          }),
    );
    if (outcome.ok) onDone();
  }

  return (
    <KeptDialog
      command={command}
      onClose={onClose}
      title={item === null ? t(`lists.new.${list}`) : t("lists.edit", { code: item.code })}
      inUse={item !== null ? { active: item.active, hint: t("lists.activeHint") } : null}
      onConfirm={(data) => void save(data)}
    >
      {item === null && <CodeField error={errorOf("code")} />}
      <NamesFields nameZh={item?.nameZh} nameEn={item?.nameEn} errorOf={errorOf} />
      <OrderField value={item?.sortOrder} error={errorOf("sortOrder")} />
      {isSource && (
        <Checkbox
          name="earmarked"
          label={t("lists.earmarked")}
          hint={errorOf("earmarked") ?? t("lists.earmarkedHint")}
          defaultChecked={item?.earmarked ?? false}
        />
      )}
      {isSource && item !== null && <LimitFields errorOf={errorOf} />}
    </KeptDialog>
  );
}

/** 超出到位时: from a year on; what held before stays for the years before. */
function LimitFields({ errorOf }: { errorOf: (field: string) => string | undefined }) {
  const t = useTranslations("admin.lists");
  const [year] = useState(() => yearOf(civilDateInChina(new Date())));
  return (
    <FieldRow>
      <Field label={t("limit")} hint={t("limitHint")} optional error={errorOf("limit")}>
        {(control) => (
          <Select
            {...control}
            name="limit"
            placeholder={t("limitKeep")}
            options={SOURCE_LIMITS.map((one) => ({ value: one, label: t(`limits.${one}`) }))}
          />
        )}
      </Field>
      <Field label={t("limitFrom")} error={errorOf("limit.fromYear")}>
        {(control) => (
          <TextInput
            {...control}
            name="limitFrom"
            inputMode="numeric"
            maxLength={4}
            defaultValue={String(year)}
          />
        )}
      </Field>
    </FieldRow>
  );
}

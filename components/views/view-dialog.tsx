"use client";

import type { Route } from "next";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { CommandDialog } from "@/components/command/command-dialog";
import { useCommand } from "@/components/command/use-command";
import { Field } from "@/components/form/field";
import { Select } from "@/components/form/select";
import { TextInput } from "@/components/form/text-input";
import { rememberedColumns } from "@/components/table/use-remembered-columns";
import { useToast } from "@/components/ui/toast";
import { viewHref } from "@/lib/features/views/address";
import { createView, updateView } from "@/lib/features/views/client";
import { MAX_VIEW_NAME } from "@/lib/features/views/rules";
import type { SavedView } from "@/lib/features/views/schema";
import { isFigurePage } from "@/lib/features/views/types";
import type { ViewsProps } from "./views-props";

type Props = Pick<ViewsProps, "page" | "query" | "tableId" | "shares"> & {
  /** Null for a new one of what the page shows now. */
  view: SavedView | null;
  onClose: () => void;
};

/** What is shown includes the columns, wherever the choice of them stands. */
function shownNow({ query, tableId }: Pick<Props, "query" | "tableId">): string {
  const columns =
    tableId === undefined || new URLSearchParams(query).has("columns")
      ? undefined
      : rememberedColumns(tableId);
  if (!columns) return query;
  return `${query}${query === "" ? "" : "&"}columns=${columns.join(",")}`;
}

const textIn = (data: FormData, name: string) => String(data.get(name) ?? "");

export function ViewDialog(props: Props) {
  const { page, shares, view, onClose } = props;
  const t = useTranslations("views");
  const router = useRouter();
  const toast = useToast();
  const command = useCommand();
  const { errorOf } = command;

  async function save(data: FormData) {
    const name = textIn(data, "name");
    const sharedWith = textIn(data, "sharedWith") || null;
    const outcome = await command.run((send) =>
      view === null
        ? send(createView, { body: { page, name, query: shownNow(props), sharedWith } })
        : send(updateView, { id: view.id, body: { version: view.version, name, sharedWith } }),
    );
    if (!outcome.ok) return;
    onClose();
    toast(t("saved", { name: outcome.answer.name }));
    if (view === null) router.push(viewHref(outcome.answer) as Route);
    else router.refresh();
  }

  return (
    <CommandDialog
      command={command}
      onClose={onClose}
      title={view === null ? t("saveTitle") : t("changeTitle")}
      confirm={t("save")}
      confirming={t("saving")}
      onConfirm={(data) => void save(data)}
    >
      {view === null && <p>{t(isFigurePage(page) ? "saveLeadFigures" : "saveLead")}</p>}
      <Field label={t("name")} hint={t("nameHint")} error={errorOf("name")} required>
        {(control) => (
          <TextInput
            {...control}
            name="name"
            defaultValue={view?.name ?? ""}
            maxLength={MAX_VIEW_NAME}
          />
        )}
      </Field>
      <Field label={t("who")} hint={t("whoHint")} error={errorOf("sharedWith")}>
        {(control) => (
          <Select
            {...control}
            name="sharedWith"
            placeholder={t("onlyMe")}
            options={shares}
            defaultValue={view?.sharedWith ?? ""}
          />
        )}
      </Field>
    </CommandDialog>
  );
}

"use client";

import type { Route } from "next";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { CommandDialog } from "@/components/command/command-dialog";
import { useCommand } from "@/components/command/use-command";
import { Menu, MenuItem } from "@/components/ui/menu";
import { useToast } from "@/components/ui/toast";
import { saveFile } from "@/lib/browser/save-file";
import { layoutEditHref, layoutsHref, newLayoutHref } from "@/lib/features/layouts/address";
import { removeLayout } from "@/lib/features/layouts/client";
import type { KeptLayout } from "@/lib/features/layouts/types";

type LayoutToolsProps = {
  kept: KeptLayout;
  /** Whether the reader draws forms of the province's own. */
  draws: boolean;
};

function RemoveDialog({ kept, onClose }: { kept: KeptLayout; onClose: () => void }) {
  const t = useTranslations("layoutForms");
  const router = useRouter();
  const toast = useToast();
  const command = useCommand();
  const name = kept.layout.title.zh;

  async function remove() {
    const outcome = await command.run((send) => send(removeLayout, { id: kept.id }));
    if (!outcome.ok) return;
    onClose();
    toast(t("removed", { name }));
    router.replace(layoutsHref() as Route);
  }

  return (
    <CommandDialog
      command={command}
      onClose={onClose}
      title={t("removeTitle", { name })}
      confirm={t("remove")}
      tone="danger"
      onConfirm={() => void remove()}
    >
      <p>{t("removeLead")}</p>
    </CommandDialog>
  );
}

/** What may be done with a form besides reading it; the file of it is anybody's. */
export function LayoutTools({ kept, draws }: LayoutToolsProps) {
  const t = useTranslations("layoutForms");
  const [removing, setRemoving] = useState(false);
  const own = draws && kept.version !== null;
  const give = () => {
    const text = `${JSON.stringify(kept.layout, null, 2)}\n`;
    saveFile(`${kept.layout.title.zh}.json`, new Blob([text], { type: "application/json" }));
  };
  return (
    <>
      <Menu label={t("menu")} align="end">
        {draws && <MenuItem href={newLayoutHref(kept.id)}>{t("saveAs")}</MenuItem>}
        {own && <MenuItem href={layoutEditHref(kept.id)}>{t("change")}</MenuItem>}
        {own && <MenuItem onSelect={() => setRemoving(true)}>{t("remove")}</MenuItem>}
        <MenuItem onSelect={give}>{t("give")}</MenuItem>
      </Menu>
      {removing && <RemoveDialog kept={kept} onClose={() => setRemoving(false)} />}
    </>
  );
}

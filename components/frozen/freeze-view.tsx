"use client";

import type { Route } from "next";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { CommandDialog } from "@/components/command/command-dialog";
import { useCommand } from "@/components/command/use-command";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";
import { frozenHref } from "@/lib/features/frozen/address";
import { freezeView } from "@/lib/features/frozen/client";
import type { SavedView } from "@/lib/features/views/schema";

function FreezeDialog({ view, onClose }: { view: SavedView; onClose: () => void }) {
  const t = useTranslations("views");
  const router = useRouter();
  const toast = useToast();
  const command = useCommand();

  async function freeze() {
    const { id, version } = view;
    const outcome = await command.run((send) => send(freezeView, { id, body: { version } }));
    if (!outcome.ok) return;
    const { no } = outcome.answer;
    onClose();
    toast(t("frozen", { no }));
    router.push(frozenHref(view, no) as Route, { scroll: false });
  }

  return (
    <CommandDialog
      command={command}
      onClose={onClose}
      title={t("freezeTitle", { name: view.name })}
      confirm={t("freeze")}
      confirming={t("freezing")}
      onConfirm={() => void freeze()}
    >
      <p>{t("freezeLead")}</p>
      {view.sharedWith !== null && <p>{t("freezeShared")}</p>}
    </CommandDialog>
  );
}

/** Keeps the figures of the opened view as they stand. */
export function FreezeView({ view }: { view: SavedView }) {
  const t = useTranslations("views");
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        {t("freeze")}
      </Button>
      {open && <FreezeDialog view={view} onClose={() => setOpen(false)} />}
    </>
  );
}

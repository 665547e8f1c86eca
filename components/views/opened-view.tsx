"use client";

import type { Route } from "next";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { CommandDialog } from "@/components/command/command-dialog";
import { FailureNote } from "@/components/command/failure-note";
import { useCommand } from "@/components/command/use-command";
import { useRefresh } from "@/components/command/use-refresh";
import { usePreferences } from "@/components/shell/preferences";
import { Button } from "@/components/ui/button";
import { LinkButton } from "@/components/ui/link-button";
import { useToast } from "@/components/ui/toast";
import { nameOf } from "@/lib/features/reference/present";
import { viewHref } from "@/lib/features/views/address";
import { removeView, updateView } from "@/lib/features/views/client";
import type { SavedView } from "@/lib/features/views/schema";
import { isFigurePage } from "@/lib/features/views/types";
import { ViewDialog } from "./view-dialog";
import styles from "./views.module.css";
import type { ViewsProps } from "./views-props";

type OwnProps = ViewsProps & { view: SavedView; changed: boolean };

function RemoveDialog({ view, query, onClose }: OwnProps & { onClose: () => void }) {
  const t = useTranslations("views");
  const router = useRouter();
  const toast = useToast();
  const command = useCommand();

  async function remove() {
    const outcome = await command.run((send) => send(removeView, { id: view.id }));
    if (!outcome.ok) return;
    onClose();
    toast(t("removed", { name: view.name }));
    // the page stays as it is, and is no view any more
    router.replace(viewHref({ ...view, query }).replace(/[?&]view=\d+$/, "") as Route);
  }

  return (
    <CommandDialog
      command={command}
      onClose={onClose}
      title={t("removeTitle", { name: view.name })}
      confirm={t("remove")}
      tone="danger"
      onConfirm={() => void remove()}
    >
      <p>{t(view.sharedWith === null ? "removeLead" : "removeShared")}</p>
      {isFigurePage(view.page) && <p>{t("removeFrozen")}</p>}
    </CommandDialog>
  );
}

/** What its owner may do with it: keep the changes, rename, share, remove. */
function Own(props: OwnProps) {
  const { view, changed, query, tools } = props;
  const t = useTranslations("views");
  const [open, setOpen] = useState<"change" | "remove" | null>(null);
  const refresh = useRefresh();
  const command = useCommand();
  const close = () => setOpen(null);

  async function keep() {
    const body = { version: view.version, query };
    const outcome = await command.run((send) => send(updateView, { id: view.id, body }));
    if (outcome.ok) await refresh();
  }

  return (
    <>
      {changed && (
        <Button size="small" busy={command.busy} onClick={() => void keep()}>
          {t("keep")}
        </Button>
      )}
      {!changed && tools}
      <Button size="small" variant="quiet" onClick={() => setOpen("change")}>
        {t("change")}
      </Button>
      <Button size="small" variant="quiet" onClick={() => setOpen("remove")}>
        {t("remove")}
      </Button>
      <FailureNote failure={command.failure} />
      {open === "change" && <ViewDialog {...props} onClose={close} />}
      {open === "remove" && <RemoveDialog {...props} onClose={close} />}
    </>
  );
}

/** Which view is open, and whether what it says was changed since. */
export function OpenedView(props: ViewsProps) {
  const { opened } = props;
  const t = useTranslations("views");
  const { locale } = usePreferences();
  if (!opened) return null;
  const { view, changed = false } = opened;
  if (!view) return <p className={styles.bar}>{t("gone")}</p>;
  return (
    <div className={styles.bar} role="group" aria-label={t("opened", { name: view.name })}>
      <strong>{t("opened", { name: view.name })}</strong>
      {!view.own && <span>{t("by", { name: nameOf(view.owner, locale) })}</span>}
      {changed && <span className={styles.changed}>{t("changed")}</span>}
      {changed && (
        <LinkButton size="small" variant="quiet" href={viewHref(view)}>
          {t("back")}
        </LinkButton>
      )}
      {view.own && <Own {...props} view={view} changed={changed} />}
    </div>
  );
}

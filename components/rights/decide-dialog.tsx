"use client";

import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { CommandDialog } from "@/components/command/command-dialog";
import { useCommand } from "@/components/command/use-command";
import { useToast } from "@/components/ui/toast";
import { confirmRights, declineRights } from "@/lib/features/rights/client";
import type { RightsAction } from "@/lib/features/rights/labels";
import type { RightsRequest } from "@/lib/features/rights/types";
import { useSubject } from "./use-subject";

type Props = { request: RightsRequest; action: RightsAction; onClose: () => void };

/** Confirms, declines or takes back; of what is forgotten it says that it is for good. */
export function DecideDialog({ request, action, onClose }: Props) {
  const t = useTranslations("rights");
  const subject = useSubject();
  const router = useRouter();
  const toast = useToast();
  const command = useCommand();

  async function decide() {
    const outcome = await command.run((send) =>
      send(action === "confirm" ? confirmRights : declineRights, { id: request.id, body: {} }),
    );
    router.refresh();
    if (!outcome.ok) return;
    toast(t(`saved.${action}`));
    onClose();
  }

  const isForGood = action === "confirm" && request.kind === "forget";
  return (
    <CommandDialog
      command={command}
      title={t(`${action}Title`, { kind: t(`kind.${request.kind}`), subject: subject(request) })}
      confirm={t(action)}
      tone={isForGood ? "danger" : "primary"}
      onClose={onClose}
      onConfirm={() => void decide()}
    >
      <p>{t(`what.${request.kind}`)}</p>
      {isForGood && <p>{t("forGood")}</p>}
    </CommandDialog>
  );
}

"use client";

import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { CommandDialog } from "@/components/command/command-dialog";
import { useCommand } from "@/components/command/use-command";
import { useToast } from "@/components/ui/toast";
import { revealRequestsHref } from "@/lib/features/reveals/address";
import { requestReveal } from "@/lib/features/reveals/client";
import { AskedFields, useAsked } from "./asked-fields";

/** Asks for a whole roster: which fields, and why. Another person answers. */
export function RequestDialog({
  id,
  lines,
  onClose,
}: {
  id: string;
  lines: number;
  onClose: () => void;
}) {
  const t = useTranslations("reveals");
  const router = useRouter();
  const toast = useToast();
  const command = useCommand();
  const asked = useAsked();

  async function confirm() {
    const body = asked.read();
    if (!body) return;
    const outcome = await command.run((send) => send(requestReveal, { id, body }));
    if (!outcome.ok) return;
    toast(t("request.asked"));
    router.push(revealRequestsHref());
  }

  return (
    <CommandDialog
      command={command}
      title={t("request.title", { lines })}
      confirm={t("request.confirm")}
      onClose={onClose}
      onConfirm={() => void confirm()}
    >
      <p>{t("request.how")}</p>
      <AskedFields asked={asked} errorOf={command.errorOf} />
    </CommandDialog>
  );
}

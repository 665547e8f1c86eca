"use client";

import { useLocale, useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { CommandDialog } from "@/components/command/command-dialog";
import { useCommand } from "@/components/command/use-command";
import { useToast } from "@/components/ui/toast";
import { nameOf } from "@/lib/features/reference/present";
import { declineReveal, grantReveal, showGranted } from "@/lib/features/reveals/client";
import { GRANTED_SECONDS, type RequestAction } from "@/lib/features/reveals/labels";
import type { RevealedLine, RevealRequest } from "@/lib/features/reveals/types";
import type { Locale } from "@/lib/kernel/preferences";

type Props = {
  request: RevealRequest;
  action: RequestAction;
  onClose: () => void;
  onShown: (lines: RevealedLine[]) => void;
};

/** Grants, declines, takes back; or looks, which is once. */
export function DecideDialog({ request, action, onClose, onShown }: Props) {
  const t = useTranslations("reveals");
  const locale = useLocale() as Locale;
  const router = useRouter();
  const toast = useToast();
  const command = useCommand();
  const { id, reference, lines, requestedBy, fields, words } = request;

  async function look() {
    const outcome = await command.run((send) => send(showGranted, { id, body: {} }));
    if (outcome.ok) onShown(outcome.answer.lines);
    return outcome.ok;
  }
  async function decide() {
    const outcome = await command.run((send) =>
      send(action === "grant" ? grantReveal : declineReveal, { id, body: {} }),
    );
    if (outcome.ok) toast(t(`request.saved.${action}`));
    return outcome.ok;
  }

  async function confirm() {
    const done = await (action === "show" ? look() : decide());
    router.refresh();
    if (done) onClose();
  }

  return (
    <CommandDialog
      command={command}
      title={t(`request.${action}Title`, { reference })}
      confirm={t(`request.${action}`)}
      onClose={onClose}
      onConfirm={() => void confirm()}
    >
      <p>
        {t("request.what", {
          name: nameOf(requestedBy, locale),
          lines,
          fields: fields.map((field) => t(`field.${field}`)).join(locale === "en" ? ", " : "、"),
          words: words ?? "—",
        })}
      </p>
      {action === "grant" && <p>{t("request.grantHow")}</p>}
      {action === "show" && <p>{t("request.showHow", { minutes: GRANTED_SECONDS / 60 })}</p>}
    </CommandDialog>
  );
}

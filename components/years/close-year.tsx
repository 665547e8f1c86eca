"use client";

import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { CommandDialog } from "@/components/command/command-dialog";
import { useCommand } from "@/components/command/use-command";
import { Checkbox } from "@/components/form/checkbox";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { useToast } from "@/components/ui/toast";
import { closeYear } from "@/lib/features/years/client";
import type { Waiting, YearView } from "@/lib/features/years/types";

type Props = Pick<YearView, "year" | "version"> & {
  waiting: Waiting;
  corrections: number;
};

function Warnings({ waiting, corrections }: Pick<Props, "waiting" | "corrections">) {
  const t = useTranslations("admin.years");
  return (
    <Callout tone="warning" title={t("waitingWarning")}>
      <ul>
        {(["draft", "submitted", "returned"] as const).map((status) => (
          <li key={status}>{t(status, { count: waiting[status] })}</li>
        ))}
      </ul>
      {corrections > 0 && <p>{t("correctionsWarning", { count: corrections })}</p>}
    </Callout>
  );
}

export function CloseYear({ year, version, waiting, corrections }: Props) {
  const t = useTranslations("admin.years");
  const named = { year: String(year) };
  const router = useRouter();
  const toast = useToast();
  const command = useCommand();
  const [asked, setAsked] = useState(false);
  const waits = waiting.draft + waiting.submitted + waiting.returned > 0;

  async function close(data: FormData) {
    const body = { version, acceptOpen: data.get("acceptOpen") === "on" };
    const outcome = await command.run((send) => send(closeYear, { id: String(year), body }));
    // What waits may have changed since the page was read.
    if (outcome.ok || outcome.decided) router.refresh();
    if (!outcome.ok) return;
    toast(t("closed", named));
    setAsked(false);
  }

  return (
    <>
      <Button onClick={() => setAsked(true)} aria-label={`${t("close")} ${String(year)}`}>
        {t("close")}
      </Button>
      {asked && (
        <CommandDialog
          command={command}
          title={t("closeTitle", named)}
          confirm={t("close")}
          confirming={t("closing")}
          tone="danger"
          onClose={() => setAsked(false)}
          onConfirm={(data) => void close(data)}
        >
          <p>{t("closeBody", named)}</p>
          {waits ? (
            <>
              <Warnings waiting={waiting} corrections={corrections} />
              <Checkbox name="acceptOpen" label={t("acceptOpen")} />
            </>
          ) : (
            <p>{t("nothingWaits")}</p>
          )}
        </CommandDialog>
      )}
    </>
  );
}

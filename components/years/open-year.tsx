"use client";

import { CalendarPlus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { CommandDialog } from "@/components/command/command-dialog";
import { useCommand } from "@/components/command/use-command";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";
import { openYear } from "@/lib/features/years/client";

export function OpenYear({ year }: { year: number }) {
  const t = useTranslations("admin.years");
  const named = { year: String(year) };
  const router = useRouter();
  const toast = useToast();
  const command = useCommand();
  const [asked, setAsked] = useState(false);

  async function open() {
    const outcome = await command.run((send) => send(openYear, { body: { year } }));
    if (!outcome.ok) return;
    toast(t("opened", named));
    setAsked(false);
    router.refresh();
  }

  return (
    <>
      <Button
        variant="primary"
        icon={<CalendarPlus size={16} aria-hidden />}
        onClick={() => setAsked(true)}
      >
        {t("open", named)}
      </Button>
      {asked && (
        <CommandDialog
          command={command}
          title={t("openTitle", named)}
          confirm={t("open", named)}
          confirming={t("opening")}
          onClose={() => setAsked(false)}
          onConfirm={() => void open()}
        >
          <p>{t("openBody", named)}</p>
        </CommandDialog>
      )}
    </>
  );
}

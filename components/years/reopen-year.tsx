"use client";

import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { CommandDialog } from "@/components/command/command-dialog";
import { useCommand } from "@/components/command/use-command";
import { DayField, dayIn } from "@/components/form/day-field";
import { Field } from "@/components/form/field";
import { TextArea } from "@/components/form/text-input";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";
import { confirmReopening, declineReopening, reopenYear } from "@/lib/features/years/client";
import type { Reopening } from "@/lib/features/years/types";

type Asking = { year: number; today: string; last: string };

/** Asks for a closed year to be opened once more. */
export function ReopenYear({ year, today, last }: Asking) {
  const t = useTranslations("admin.years.reopening");
  const named = { year: String(year) };
  const router = useRouter();
  const toast = useToast();
  const command = useCommand();
  const [asked, setAsked] = useState(false);
  const [until, setUntil] = useState("");

  async function ask(data: FormData) {
    const body = { reason: String(data.get("reason") ?? ""), until: dayIn(until, today) };
    const outcome = await command.run((send) => send(reopenYear, { id: String(year), body }));
    if (outcome.ok || outcome.decided) router.refresh();
    if (!outcome.ok) return;
    toast(t("asked"));
    setAsked(false);
  }

  return (
    <>
      <Button onClick={() => setAsked(true)}>{t("reopen")}</Button>
      {asked && (
        <CommandDialog
          command={command}
          title={t("reopenTitle", named)}
          confirm={t("ask")}
          onClose={() => setAsked(false)}
          onConfirm={(data) => void ask(data)}
        >
          <p>{t("reopenBody", named)}</p>
          <Field label={t("reason")} hint={t("reasonHint")} required>
            {(control) => <TextArea {...control} name="reason" maxLength={500} />}
          </Field>
          <DayField
            label={t("until")}
            text={until}
            today={today}
            onText={setUntil}
            planned
            required
          />
          <p className="quiet">{t("untilHint", { last })}</p>
        </CommandDialog>
      )}
    </>
  );
}

type Deciding = { year: number; request: Pick<Reopening, "id" | "reason" | "actions"> };

/** What this reader may do about a request that waits. */
export function DecideReopening({ year, request }: Deciding) {
  const t = useTranslations("admin.years.reopening");
  const named = { year: String(year) };
  const router = useRouter();
  const toast = useToast();
  const command = useCommand();
  const [how, setHow] = useState<Reopening["actions"][number] | null>(null);

  async function decide(chosen: Reopening["actions"][number]) {
    const write = { id: `${String(year)}/${request.id}`, body: {} };
    const outcome = await command.run((send) =>
      send(chosen === "confirm" ? confirmReopening : declineReopening, write),
    );
    router.refresh();
    if (!outcome.ok) return;
    toast(t(`done.${chosen}`, named));
    setHow(null);
  }

  return (
    <>
      {request.actions.map((action) => (
        <Button
          key={action}
          size="small"
          variant={action === "confirm" ? "primary" : "secondary"}
          onClick={() => setHow(action)}
        >
          {t(action)}
        </Button>
      ))}
      {how && (
        <CommandDialog
          command={command}
          title={t(`${how}Title`, named)}
          confirm={t(how)}
          tone={how === "confirm" ? "primary" : "danger"}
          onClose={() => setHow(null)}
          onConfirm={() => void decide(how)}
        >
          <p>{request.reason}</p>
        </CommandDialog>
      )}
    </>
  );
}

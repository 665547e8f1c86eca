"use client";

import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { CommandDialog } from "@/components/command/command-dialog";
import { useCommand } from "@/components/command/use-command";
import { Field } from "@/components/form/field";
import { TextArea, TextInput } from "@/components/form/text-input";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";
import { publishYear, withdrawPublication } from "@/lib/features/publications/client";

type Publishing = {
  year: number;
  again: boolean;
  last: { licence: string; contact: string | null } | undefined;
};

export function PublishYear({ year, again, last }: Publishing) {
  const t = useTranslations("publications");
  const named = { year: String(year) };
  const router = useRouter();
  const toast = useToast();
  const command = useCommand();
  const [asked, setAsked] = useState(false);

  async function publish(data: FormData) {
    const contact = String(data.get("contact") ?? "");
    const body = {
      ...{ year, licence: String(data.get("licence") ?? "") },
      ...(contact === "" ? {} : { contact }),
    };
    const outcome = await command.run((send) => send(publishYear, { body }));
    if (outcome.ok || outcome.decided) router.refresh();
    if (!outcome.ok) return;
    toast(t("published", named));
    setAsked(false);
  }

  return (
    <>
      <Button onClick={() => setAsked(true)}>{t(again ? "again" : "publish")}</Button>
      {asked && (
        <CommandDialog
          command={command}
          title={t("publishTitle", named)}
          confirm={t("publish")}
          confirming={t("publishing")}
          onClose={() => setAsked(false)}
          onConfirm={(data) => void publish(data)}
        >
          <p>{t("body")}</p>
          {again && <p>{t("bodyAgain")}</p>}
          <Field label={t("licence")} hint={t("licenceHint")} required>
            {(control) => (
              <TextInput
                {...control}
                name="licence"
                maxLength={200}
                defaultValue={last?.licence ?? t("licenceDefault")}
              />
            )}
          </Field>
          <Field label={t("contact")} hint={t("contactHint")}>
            {(control) => (
              <TextInput
                {...control}
                name="contact"
                maxLength={200}
                defaultValue={last?.contact ?? ""}
              />
            )}
          </Field>
        </CommandDialog>
      )}
    </>
  );
}

export function WithdrawPublication({ id, year }: { id: string; year: number }) {
  const t = useTranslations("publications");
  const router = useRouter();
  const toast = useToast();
  const command = useCommand();
  const [asked, setAsked] = useState(false);

  async function withdraw(data: FormData) {
    const body = { reason: String(data.get("reason") ?? "") };
    const outcome = await command.run((send) => send(withdrawPublication, { id, body }));
    if (outcome.ok || outcome.decided) router.refresh();
    if (!outcome.ok) return;
    toast(t("withdrawDone"));
    setAsked(false);
  }

  return (
    <>
      <Button variant="secondary" onClick={() => setAsked(true)}>
        {t("withdraw")}
      </Button>
      {asked && (
        <CommandDialog
          command={command}
          title={t("withdrawTitle", { year: String(year) })}
          confirm={t("withdraw")}
          tone="danger"
          onClose={() => setAsked(false)}
          onConfirm={(data) => void withdraw(data)}
        >
          <p>{t("withdrawBody")}</p>
          <Field label={t("reason")} hint={t("reasonHint")} required>
            {(control) => <TextArea {...control} name="reason" maxLength={500} />}
          </Field>
        </CommandDialog>
      )}
    </>
  );
}

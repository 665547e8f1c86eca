"use client";

import type { Route } from "next";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { FailureNote } from "@/components/command/failure-note";
import { useCommand } from "@/components/command/use-command";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";
import { briefHref, type BriefAsked } from "@/lib/features/narrative-texts/address";
import { saveText } from "@/lib/features/narrative-texts/client";
import type { Locale } from "@/lib/kernel/preferences";

type ButtonsProps = {
  asked: BriefAsked;
  lang: Locale;
  version: number;
  latest: number;
  moved: boolean;
};

/** A version is never changed: each of these makes a new one of it. */
export function VersionButtons({ asked, lang, version, latest, moved }: ButtonsProps) {
  const t = useTranslations("brief");
  const router = useRouter();
  const toast = useToast();
  const command = useCommand();

  async function make(refresh: boolean) {
    const { year, org, length } = asked;
    const outcome = await command.run((send) =>
      send(saveText, {
        body: { year, org, lang, length, latest, source: version, refresh, text: null },
      }),
    );
    if (!outcome.ok) return;
    toast(t(refresh ? "refreshed" : "restoredAs", { version: outcome.answer.version }));
    router.push(briefHref(asked, { version: outcome.answer.version }) as Route);
  }

  return (
    <>
      {moved && (
        <Button busy={command.busy} onClick={() => void make(true)}>
          {t("refresh")}
        </Button>
      )}
      {version < latest && (
        <Button busy={command.busy} onClick={() => void make(false)}>
          {t("restore")}
        </Button>
      )}
      {command.failure && <FailureNote failure={command.failure} />}
    </>
  );
}

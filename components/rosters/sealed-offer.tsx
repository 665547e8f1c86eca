"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { momentText } from "@/lib/kernel/written";
import type { useSealedCopy } from "./use-sealed-copy";

type Props = { copy: ReturnType<typeof useSealedCopy>; version: number };

/** What a tab before this one left unsaved, to be taken up or thrown away. */
export function SealedOffer({ copy, version }: Props) {
  const t = useTranslations("rosters.left");
  const { offer } = copy;
  if (!offer) return null;
  const { at, baseVersion } = offer.copy;
  return (
    <Callout
      tone="warning"
      live
      actions={
        <>
          <Button size="small" variant="primary" onClick={() => copy.take(offer)}>
            {t("take")}
          </Button>
          <Button size="small" onClick={() => copy.drop(offer.copy)}>
            {t("drop")}
          </Button>
        </>
      }
    >
      {t("what", { lines: offer.lines.length, at: momentText(at) })}
      {baseVersion < version && <> {t("older")}</>}
    </Callout>
  );
}

"use client";

import { useTranslations } from "next-intl";
import { Callout } from "@/components/ui/callout";
import { periodText } from "@/lib/features/calendar/present";
import type { StandingNil } from "@/lib/features/calendar/types";
import { useEntryFields } from "./entry-context";

/** Nil was declared for the days of this record: nothing is in its way, and its submission ends the declaration. */
export function NilHint({ nils }: { nils: readonly StandingNil[] }) {
  const t = useTranslations("calendar.nil");
  const { values, reading, locale } = useEntryFields();
  const day = reading.input.paidOn ?? reading.input.periodTo ?? null;
  const nil = nils.find(
    ({ organisation, programme, periodFrom, periodTo }) =>
      organisation === values.organisation &&
      programme === values.programme &&
      day !== null &&
      periodFrom <= day &&
      day <= periodTo,
  );
  return nil ? (
    <Callout tone="info" live>
      {t("hint", { days: periodText(nil, locale) })}
    </Callout>
  ) : null;
}

"use client";

import { NextIntlClientProvider } from "next-intl";
import type { ReactNode } from "react";
import { clientEn } from "@/lib/i18n/client-en";
import { TIME_ZONE } from "@/lib/kernel/preferences";

export function WordsEn({ children }: { children: ReactNode }) {
  return (
    <NextIntlClientProvider locale="en" timeZone={TIME_ZONE} messages={clientEn}>
      {children}
    </NextIntlClientProvider>
  );
}

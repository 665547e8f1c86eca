"use client";

import { NextIntlClientProvider } from "next-intl";
import type { ReactNode } from "react";
import { clientZh } from "@/lib/i18n/client-zh";
import { TIME_ZONE } from "@/lib/kernel/preferences";

export function WordsZh({ children }: { children: ReactNode }) {
  return (
    <NextIntlClientProvider locale="zh-CN" timeZone={TIME_ZONE} messages={clientZh}>
      {children}
    </NextIntlClientProvider>
  );
}

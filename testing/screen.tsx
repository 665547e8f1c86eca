import { NextIntlClientProvider } from "next-intl";
import type { ReactNode } from "react";
import { IntentsProvider } from "@/components/command/intents";
import { ProofProvider } from "@/components/session/proof-provider";
import { ToastProvider } from "@/components/ui/toast";
import { messagesOf } from "@/lib/i18n/messages";

/** What the root layout puts around every page. */
export function Screen({ children }: { children: ReactNode }) {
  return (
    <NextIntlClientProvider locale="zh-CN" messages={messagesOf("zh-CN")} timeZone="Asia/Shanghai">
      <ProofProvider>
        <IntentsProvider>
          <ToastProvider>{children}</ToastProvider>
        </IntentsProvider>
      </ProofProvider>
    </NextIntlClientProvider>
  );
}

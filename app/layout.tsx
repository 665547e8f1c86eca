import "./globals.css";
import type { Metadata, Viewport } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { headers } from "next/headers";
import type { ReactNode } from "react";
import { IntentsProvider } from "@/components/command/intents";
import { ChineseFont } from "@/components/shell/chinese-font";
import { EarlyPresses } from "@/components/shell/early-presses";
import { PreferencesProvider } from "@/components/shell/preferences";
import { Words } from "@/components/words/words";
import { ProofProvider } from "@/components/session/proof-provider";
import { ToastProvider } from "@/components/ui/toast";
import { loadPreferences } from "@/lib/i18n/preferences";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("shell");
  return {
    title: { default: t("appTitle"), template: `%s · ${t("appName")}` },
    description: t("description"),
    robots: { index: false, follow: false },
    formatDetection: { telephone: false },
  };
}

export const viewport: Viewport = { width: "device-width", initialScale: 1, themeColor: "#fbfaf7" };

export default async function RootLayout({ children }: { children: ReactNode }) {
  const [locale, preferences, sent] = await Promise.all([
    getLocale(),
    loadPreferences(),
    headers(),
  ]);
  return (
    <html lang={locale} data-density={preferences.density}>
      <body>
        <EarlyPresses policy={sent.get("Content-Security-Policy")} />
        <ChineseFont />
        <Words locale={preferences.locale}>
          <PreferencesProvider initial={preferences}>
            <ProofProvider>
              <IntentsProvider>
                <ToastProvider>{children}</ToastProvider>
              </IntentsProvider>
            </ProofProvider>
          </PreferencesProvider>
        </Words>
      </body>
    </html>
  );
}

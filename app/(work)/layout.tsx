import { getLocale, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { JobsLine } from "@/components/jobs/jobs-line";
import { OpenJobsProvider } from "@/components/jobs/open-jobs";
import { AppShell } from "@/components/shell/app-shell";
import { StayOffline } from "@/components/shell/stay-offline";
import { navigationFor } from "@/components/shell/navigation";
import { LeaveProvider } from "@/components/working-copies/leave-provider";
import { loadSession } from "@/lib/features/session/loaders";

export default async function WorkLayout({ children }: { children: ReactNode }) {
  const [session, locale, t, tRole] = await Promise.all([
    loadSession(),
    getLocale(),
    getTranslations("shell.nav"),
    getTranslations("labels.role"),
  ]);
  const english = locale === "en";
  const scope = english ? session.home.nameEn : session.home.nameZh;
  return (
    <LeaveProvider userId={session.user.id}>
      <StayOffline />
      <OpenJobsProvider>
        <AppShell
          items={navigationFor(session.roles).map((item) => ({ ...item, label: t(item.key) }))}
          person={{
            name: english ? session.user.nameEn : session.user.nameZh,
            username: session.user.username,
            role: session.roles.map((role) => tRole(role)).join(english ? ", " : "、"),
            organisation: scope,
          }}
          scope={scope}
          isDemo={session.isDemo}
          showsAmounts={session.roles.some((role) => role !== "ADMIN")}
          underWay={<JobsLine />}
        >
          {children}
        </AppShell>
      </OpenJobsProvider>
    </LeaveProvider>
  );
}

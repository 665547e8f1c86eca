import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { CalendarPage } from "@/components/calendar/calendar-page";
import { UnreadableAddress } from "@/components/figures/unreadable-address";
import { calendarHref } from "@/lib/features/calendar/address";
import { loadCalendar } from "@/lib/features/calendar/loaders";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("calendar");
  return { title: t("name") };
}

export default async function Calendar({ searchParams }: PageProps<"/calendar">) {
  const view = await loadCalendar(await searchParams);
  const { ignored, year, root } = view;
  if (ignored.length > 0)
    return <UnreadableAddress names={ignored} href={calendarHref({ year, org: root.code })} />;
  return <CalendarPage view={view} />;
}

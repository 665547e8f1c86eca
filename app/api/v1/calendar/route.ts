import { getCalendar } from "@/lib/features/calendar/queries";
import { getCalendarContract } from "@/lib/features/calendar/schema";
import { defineRoute } from "@/lib/platform/route";

export const GET = defineRoute(getCalendarContract, getCalendar);

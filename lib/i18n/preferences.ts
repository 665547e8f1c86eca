import "server-only";
import { cookies } from "next/headers";
import { cache } from "react";
import {
  parsePreferences,
  preferenceCookies,
  turnedCards,
  turnedCookie,
  type Preferences,
} from "@/lib/kernel/preferences";

export const loadPreferences = cache(async (): Promise<Preferences> => {
  const jar = await cookies();
  return parsePreferences({
    locale: jar.get(preferenceCookies.locale)?.value,
    unit: jar.get(preferenceCookies.unit)?.value,
    density: jar.get(preferenceCookies.density)?.value,
    navigation: jar.get(preferenceCookies.navigation)?.value,
  });
});

/** The cards that somebody turned, and how they lie now. */
export const loadTurnedCards = async () => turnedCards((await cookies()).get(turnedCookie)?.value);

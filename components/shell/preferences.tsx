"use client";

import { useRouter } from "next/navigation";
import { createContext, useContext, useEffect, useState, type ReactNode } from "react";
import { preferenceCookies, type Preferences } from "@/lib/kernel/preferences";

type SetPreference = <Name extends keyof Preferences>(name: Name, value: Preferences[Name]) => void;

const PreferencesContext = createContext<{ preferences: Preferences; set: SetPreference } | null>(
  null,
);
const YEAR_SECONDS = 365 * 24 * 60 * 60;

function remember(name: keyof Preferences, value: string) {
  document.cookie = `${preferenceCookies[name]}=${value}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
}

/**
 * Unit and language are words in what the server sends, so a change asks for the page again.
 * Density and navigation are only measures: they change on the spot.
 */
export function PreferencesProvider({
  initial,
  children,
}: {
  initial: Preferences;
  children: ReactNode;
}) {
  const router = useRouter();
  const [measures, setMeasures] = useState<Partial<Preferences>>({});

  // Answers and files are in the language of the page, also where the browser would rather have another.
  useEffect(() => remember("locale", initial.locale), [initial.locale]);

  const set: SetPreference = (name, value) => {
    remember(name, value);
    if (name === "unit" || name === "locale") {
      router.refresh();
      return;
    }
    if (name === "density") document.documentElement.dataset.density = value;
    setMeasures((known) => ({ ...known, [name]: value }));
  };

  return (
    <PreferencesContext value={{ preferences: { ...initial, ...measures }, set }}>
      {children}
    </PreferencesContext>
  );
}

function usePreferencesContext() {
  const context = useContext(PreferencesContext);
  if (!context) throw new Error("usePreferences is called outside PreferencesProvider");
  return context;
}

export function usePreferences(): Preferences {
  return usePreferencesContext().preferences;
}

export function useSetPreference(): SetPreference {
  return usePreferencesContext().set;
}

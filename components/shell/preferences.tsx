"use client";

import { useRouter } from "next/navigation";
import { createContext, useContext, useState, type ReactNode } from "react";
import { preferenceCookies, type Density, type Preferences } from "@/lib/kernel/preferences";

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
 * Density is only a height: it changes on the spot.
 */
export function PreferencesProvider({
  initial,
  children,
}: {
  initial: Preferences;
  children: ReactNode;
}) {
  const router = useRouter();
  const [density, setDensity] = useState<Density>(initial.density);

  const set: SetPreference = (name, value) => {
    remember(name, value);
    if (name === "density") {
      setDensity(value as Density);
      document.documentElement.dataset.density = value;
    } else {
      router.refresh();
    }
  };

  return (
    <PreferencesContext value={{ preferences: { ...initial, density }, set }}>
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

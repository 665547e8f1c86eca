import type { MoneyUnit } from "./money";

export const locales = ["zh-CN", "en"] as const;
export type Locale = (typeof locales)[number];

/** Days are China's, whatever clock a reader has. */
export const TIME_ZONE = "Asia/Shanghai";

const moneyUnits = ["yuan", "wan"] as const satisfies readonly MoneyUnit[];

export const densities = ["dense", "normal", "comfortable"] as const;
type Density = (typeof densities)[number];

const navigationStates = ["open", "closed"] as const;
type NavigationState = (typeof navigationStates)[number];

export type Preferences = {
  locale: Locale;
  unit: MoneyUnit;
  density: Density;
  navigation: NavigationState;
};

export const preferenceCookies = {
  locale: "nz-locale",
  unit: "nz-unit",
  density: "nz-density",
  navigation: "nz-navigation",
} as const satisfies Record<keyof Preferences, string>;

export const defaultPreferences: Preferences = {
  locale: "zh-CN",
  unit: "wan",
  density: "normal",
  navigation: "open",
};

function oneOf<const T extends string>(
  allowed: readonly T[],
  value: string | undefined,
  fallback: T,
): T {
  return allowed.find((candidate) => candidate === value) ?? fallback;
}

/** A cookie is typed by whoever holds the browser: anything unknown falls back to the default. */
export function parsePreferences(
  raw: Partial<Record<keyof Preferences, string | undefined>>,
): Preferences {
  return {
    locale: oneOf(locales, raw.locale, defaultPreferences.locale),
    unit: oneOf(moneyUnits, raw.unit, defaultPreferences.unit),
    density: oneOf(densities, raw.density, defaultPreferences.density),
    navigation: oneOf(navigationStates, raw.navigation, defaultPreferences.navigation),
  };
}

/** Whether a card shows its drawing or its table; kept for each card that was turned. */
export const turnedCookie = "nz-cards";
const faces = ["chart", "tiles", "table"] as const;
export type CardFace = (typeof faces)[number];

/** "places-table.months-chart"; what is neither is no card. */
export function turnedCards(text: string | undefined): Map<string, CardFace> {
  const pairs = (text ?? "").split(".").map((pair) => pair.split("-"));
  return new Map(
    pairs.flatMap(([card = "", side]) => {
      const face = faces.find((one) => one === side);
      return face && /^[a-z]{1,20}$/.test(card) ? [[card, face]] : [];
    }),
  );
}

import { useTranslations } from "next-intl";
import { placeName } from "@/lib/features/reference/present";
import type { Organisation } from "@/lib/features/reference/types";
import type { Actor } from "@/lib/kernel/actor";
import type { Locale } from "@/lib/kernel/preferences";
import type { ViewsProps } from "./views-props";

/** Where one may share from: the places one reads from, each with what lies below it. */
export function useShares(
  actor: Actor,
  organisations: readonly Organisation[],
  locale: Locale,
): ViewsProps["shares"] {
  const t = useTranslations("views");
  const homes = new Map(
    actor.memberships.filter(({ role }) => role !== "ADMIN").map((home) => [home.code, home]),
  );
  return [...homes.values()].map((home) => {
    const isLeaf = organisations.some(({ code, leaf }) => code === home.code && leaf);
    const place = placeName(home, locale);
    return { value: home.code, label: t(isLeaf ? "sharePlace" : "shareBelow", { place }) };
  });
}

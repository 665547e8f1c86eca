import { useShares } from "@/components/views/use-shares";
import type { ViewsProps } from "@/components/views/views-props";
import type { PageViews } from "@/lib/features/frozen/types";
import type { Organisation } from "@/lib/features/reference/types";
import type { Locale } from "@/lib/kernel/preferences";
import { FreezeView } from "./freeze-view";

/** The views of a page of figures, as its menu and its bar take them. */
export function usePageViews(
  { page, views, actor, query, opened }: PageViews,
  organisations: readonly Organisation[],
  locale: Locale,
): ViewsProps {
  const shares = useShares(actor, organisations, locale);
  return {
    ...{ page, views, shares, opened, query },
    tools: opened?.view?.own ? <FreezeView view={opened.view} /> : undefined,
  };
}

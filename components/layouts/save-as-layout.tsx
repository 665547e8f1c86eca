import { useTranslations } from "next-intl";
import type { Presentation } from "@/components/figures/presentation";
import type { CrossView } from "@/lib/features/cross/types";
import { layoutOfCross } from "@/lib/features/layouts/rules";
import { topOf } from "@/lib/features/reference/present";
import { layoutChoices } from "./layout-choices";
import { NewLayout } from "./new-layout";
import { useLayoutWords } from "./use-layout-words";

/** The cross table as it stands becomes a form. */
export function SaveAsLayout({ view, show }: { view: CrossView; show: Presentation }) {
  const t = useTranslations("dashboard.name");
  const { shape, filter, look, places } = view;
  const { layout, dropped } = layoutOfCross(shape, filter, look.empty);
  const narrowed = topOf(places)?.code === filter.org ? [] : (["org"] as const);
  return (
    <NewLayout
      layout={layout}
      choices={layoutChoices(useLayoutWords(show))}
      dropped={[...narrowed, ...dropped].map((name) => t(name))}
    />
  );
}

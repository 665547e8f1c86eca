import { useTranslations } from "next-intl";
import type { Presentation } from "@/components/figures/presentation";
import { Callout } from "@/components/ui/callout";
import { PageHeader } from "@/components/ui/page-header";
import { layoutHref, layoutsHref } from "@/lib/features/layouts/address";
import type { LayoutDrawing } from "@/lib/features/layouts/types";
import { summaryWords } from "@/lib/features/summary/labels";
import { layoutChoices } from "./layout-choices";
import { LayoutEditor } from "./layout-editor";
import { useLayoutWords } from "./use-layout-words";

type DrawingPageProps = { drawing: LayoutDrawing; show: Presentation };

/** The drawing board of a report form: everything that a layout can say. */
export function DrawingPage({ drawing, show }: DrawingPageProps) {
  const t = useTranslations("layoutForms");
  const tNames = useTranslations("dashboard.name");
  const { layout, kept, from, reference, dropped } = drawing;
  const words = useLayoutWords(show);
  const id = kept?.id ?? from;
  const names = dropped.map((name) => tNames(name)).join(summaryWords(show.locale).listSeparator);
  return (
    <div className="stack">
      <PageHeader
        title={t(kept === null ? "newTitle" : "changeTitle")}
        lead={t("lead")}
        trail={[{ href: layoutsHref(), label: words.layouts("title") }]}
        trailLabel={words.layouts("all")}
      />
      {dropped.length > 0 && <Callout>{t("dropped", { names })}</Callout>}
      <LayoutEditor
        layout={layout}
        choices={layoutChoices(words, reference)}
        kept={kept}
        back={id === null ? layoutsHref() : layoutHref(id)}
      />
    </div>
  );
}

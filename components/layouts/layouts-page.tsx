import { useTranslations } from "next-intl";
import type { Presentation } from "@/components/figures/presentation";
import { AppLink } from "@/components/ui/app-link";
import { Card } from "@/components/ui/card";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { layoutHref } from "@/lib/features/layouts/address";
import { layoutLine } from "@/lib/features/layouts/present";
import type { KeptLayout, LayoutsView } from "@/lib/features/layouts/types";
import { reportsHref } from "@/lib/features/summary/address";
import styles from "./layouts.module.css";
import { TakeLayout } from "./take-layout";
import { useLayoutWords } from "./use-layout-words";

type LayoutsPageProps = { view: LayoutsView; show: Presentation };

function List({ items, show }: { items: readonly KeptLayout[]; show: Presentation }) {
  const words = useLayoutWords(show);
  return (
    <ul className={styles.list}>
      {items.map((item) => {
        const { title, note } = layoutLine(item.layout, words);
        return (
          <li key={item.id}>
            <AppLink href={layoutHref(item.id)}>{title}</AppLink>
            <span className="quiet">{note}</span>
          </li>
        );
      })}
    </ul>
  );
}

/** The forms there are: those that come with the program, and the province's own. */
export function LayoutsPage({ view, show }: LayoutsPageProps) {
  const t = useTranslations("layouts");
  const shipped = view.items.filter((item) => item.shipped);
  const own = view.items.filter((item) => !item.shipped);
  return (
    <div className="stack">
      <PageHeader
        title={t("title")}
        lead={t("lead")}
        actions={
          <>
            <LinkButton href={reportsHref({})}>{t("reports")}</LinkButton>
            {view.draws && <TakeLayout />}
          </>
        }
      />
      <Card title={t("shipped")}>
        <List items={shipped} show={show} />
      </Card>
      {own.length > 0 && (
        <Card title={t("own")}>
          <List items={own} show={show} />
        </Card>
      )}
    </div>
  );
}

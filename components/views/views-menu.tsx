"use client";

import { Bookmark } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { usePreferences } from "@/components/shell/preferences";
import { Menu, MenuItem } from "@/components/ui/menu";
import { nameOf } from "@/lib/features/reference/present";
import { viewHref } from "@/lib/features/views/address";
import type { SavedView } from "@/lib/features/views/schema";
import { isFigurePage } from "@/lib/features/views/types";
import { ViewDialog } from "./view-dialog";
import type { ViewsProps } from "./views-props";
import styles from "./views.module.css";

/** What was kept of this page, one's own first; a word at the end of a line says whose another's is. */
export function ViewsMenu(props: ViewsProps) {
  const { page, views, opened } = props;
  const t = useTranslations("views");
  const { locale } = usePreferences();
  const [saving, setSaving] = useState(false);
  const own = views.filter((view) => view.own);
  const shared = views.filter((view) => !view.own);
  const item = (view: SavedView) => (
    <MenuItem key={view.id} href={viewHref(view)}>
      <span className={styles.name} aria-current={view.id === opened?.id ? "true" : undefined}>
        {view.name}
      </span>
      {!view.own && <span className={styles.whose}>{nameOf(view.owner, locale)}</span>}
      {view.own && view.sharedWith !== null && <span className={styles.whose}>{t("shared")}</span>}
    </MenuItem>
  );
  return (
    <>
      <Menu
        align="page"
        label={
          <>
            <Bookmark size={16} aria-hidden />
            {t("menu")}
          </>
        }
      >
        {own.length > 0 && <p className={styles.group}>{t("own")}</p>}
        {own.map(item)}
        {shared.length > 0 && <p className={styles.group}>{t("fromOthers")}</p>}
        {shared.map(item)}
        {views.length === 0 && (
          <p className={styles.none}>{t(isFigurePage(page) ? "noneFigures" : "none")}</p>
        )}
        <div className={styles.last}>
          <MenuItem onSelect={() => setSaving(true)}>{t("saveAs")}</MenuItem>
        </div>
      </Menu>
      {saving && <ViewDialog {...props} view={null} onClose={() => setSaving(false)} />}
    </>
  );
}

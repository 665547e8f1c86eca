"use client";

import { useTranslations } from "next-intl";
import { useEffect, useEffectEvent } from "react";

/** The page that a plain click on this link would put in the place of this one. */
function leadsAway(event: MouseEvent): boolean {
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
    return false;
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  if (!link?.href || link.target === "_blank" || link.hasAttribute("download")) return false;
  const to = new URL(link.href, location.href);
  // another site closes the page, and the browser asks by itself
  return (
    to.origin === location.origin &&
    (to.pathname !== location.pathname || to.search !== location.search)
  );
}

/** What is kept nowhere but on this page is asked about before it goes: with the tab, or by a link of the program. */
export function useLeavingAsks(unsaved: boolean): void {
  const t = useTranslations("common");
  const mayLeave = useEffectEvent(() => window.confirm(t("leaveUnsaved")));
  useEffect(() => {
    if (!unsaved) return;
    const close = (event: BeforeUnloadEvent) => event.preventDefault();
    const click = (event: MouseEvent) => {
      if (!leadsAway(event) || mayLeave()) return;
      event.preventDefault();
      event.stopPropagation();
    };
    window.addEventListener("beforeunload", close);
    // before the link itself hears of it
    window.addEventListener("click", click, true);
    return () => {
      window.removeEventListener("beforeunload", close);
      window.removeEventListener("click", click, true);
    };
  }, [unsaved]);
}

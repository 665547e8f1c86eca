"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { useToast } from "@/components/ui/toast";

/** The link that a click leads along, within the app. */
function linkOf(event: MouseEvent): HTMLAnchorElement | null {
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  if (!link?.href || link.origin !== window.location.origin) return null;
  const here = link.pathname === window.location.pathname && link.search === window.location.search;
  return here && link.hash !== "" ? null : link;
}

/** Without a line a click would replace the app, and what is typed in it, by the browser's own error page. */
export function StayOffline() {
  const t = useTranslations("shell");
  const toast = useToast();
  const say = useRef(() => {});
  useEffect(() => {
    say.current = () => toast(t("offline"), "danger");
  });
  useEffect(() => {
    const stay = (event: MouseEvent) => {
      if (navigator.onLine || event.defaultPrevented || linkOf(event) === null) return;
      event.preventDefault();
      event.stopPropagation();
      say.current();
    };
    document.addEventListener("click", stay, { capture: true });
    return () => document.removeEventListener("click", stay, { capture: true });
  }, []);
  return null;
}

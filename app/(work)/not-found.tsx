"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { NotFoundNotice } from "@/components/shell/not-found-notice";
import { samePageForOwn } from "@/lib/kernel/own-place";

/** In the browser, where a link within the app is known by its own address and not by that of the page it stood on. */
export default function NotFound() {
  const asked = `${usePathname()}?${useSearchParams().toString()}`;
  return <NotFoundNotice ownHref={samePageForOwn(asked)} />;
}

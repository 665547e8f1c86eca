"use client";

import dynamic from "next/dynamic";
import type { ReactNode } from "react";
import type { Locale } from "@/lib/kernel/preferences";

const Chinese = dynamic(() => import("./words-zh").then((part) => part.WordsZh));
const English = dynamic(() => import("./words-en").then((part) => part.WordsEn));

/**
 * The words of components in the browser come as a file of the build: in the page itself they were 75 kB
 * of every page, written anew for each.
 */
export function Words({ locale, children }: { locale: Locale; children: ReactNode }) {
  return locale === "en" ? <English>{children}</English> : <Chinese>{children}</Chinese>;
}

"use client";

import { later } from "@/components/ui/later";
import { Menu } from "@/components/ui/menu";
import { nameOf } from "@/lib/features/reference/present";
import type { Reference } from "@/lib/features/reference/types";
import type { GridWords } from "./grid-words";

const ProgrammesPanel = later(() => import("./grid-panels").then((m) => m.ProgrammesPanel));

/** One programme stands for every row that names none; several bring their columns along. */
export function ProgrammesMenu({
  reference,
  chosen,
  words,
  onChoose,
}: {
  reference: Reference;
  chosen: readonly string[];
  words: GridWords;
  onChoose: (programmes: string[]) => void;
}) {
  const { t, locale } = words;
  const first = reference.programmes.find(({ code }) => code === chosen[0]);
  const label =
    chosen.length === 0 || !first
      ? t("programmes.all")
      : chosen.length === 1
        ? nameOf(first, locale)
        : t("programmes.several", { name: nameOf(first, locale), count: chosen.length });
  return (
    <Menu
      size="small"
      stayOpen
      whenOpen
      label={label}
      ariaLabel={t("programmes.label", { chosen: label })}
    >
      <ProgrammesPanel {...{ reference, chosen, words, onChoose }} />
    </Menu>
  );
}

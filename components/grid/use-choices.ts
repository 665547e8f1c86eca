"use client";

import { useState } from "react";
import type { ComboboxOption } from "@/components/form/combobox-filter";
import { filterOptions } from "@/components/form/combobox-filter";
import type { OpenCell } from "./grid-text";
import type { GridStore } from "./grid-store";

/** At most so many are offered at once. */
const OFFERED = 60;

export type Choices = {
  options: readonly ComboboxOption[];
  /** In `options`; -1 = none. */
  active: number;
  /** Answers whether the key was its own. */
  walk: (key: string) => boolean;
  /** The active one becomes what is typed. */
  take: (at?: number) => void;
  /** Whatever is typed, everything is offered. */
  offerAll: () => void;
};

const sameCell = (one: OpenCell | null, other: OpenCell | null) =>
  one?.row === other?.row && one?.column === other?.column;

/** What a cell of a choice offers while it is typed into: found by name, initials, code or other language. */
export function useChoices(
  store: GridStore,
  open: OpenCell | null,
  all: readonly ComboboxOption[],
): Choices {
  const [said, setSaid] = useState<{ of: OpenCell; active: number; all: boolean } | null>(null);
  const asked = open !== null && sameCell(open, said?.of ?? null) ? said : null;
  const typed = open?.text ?? "";
  const found =
    open === null ? [] : asked?.all ? all : typed === "" ? [] : filterOptions(all, typed);
  const options = found.slice(0, OFFERED);
  const exact = options.findIndex(({ label }) => label === typed);
  const same = asked !== null && asked.of.text === typed;
  const active = same ? asked.active : exact >= 0 ? exact : typed === "" ? -1 : 0;

  return {
    options,
    active: Math.min(active, options.length - 1),
    walk: (key) => {
      const by = key === "ArrowDown" ? 1 : key === "ArrowUp" ? -1 : 0;
      if (by === 0 || options.length === 0 || open === null) return false;
      const next = Math.min(Math.max(active + by, 0), options.length - 1);
      setSaid({ of: open, active: next, all: asked?.all ?? false });
      return true;
    },
    take: (at = active) => {
      const option = options[at];
      if (option && open) store.type({ ...open, text: option.label });
      setSaid(null);
    },
    offerAll: () => {
      const { open: now } = store.state();
      if (now) setSaid({ of: now, active: all.findIndex(({ label }) => label === now.text), all: true }); // prettier-ignore
    },
  };
}

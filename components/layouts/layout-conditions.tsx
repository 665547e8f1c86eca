"use client";

import { useTranslations } from "next-intl";
import { Menu, MenuItem } from "@/components/ui/menu";
import { CONDITIONS, type Condition } from "@/lib/features/layouts/types";
import type { LayoutChoices } from "./layout-choices";
import { addable, type Faults, type LayoutDraft } from "./layout-draft";
import { idOf } from "./layout-faults";
import styles from "./layouts.module.css";
import { ValuePicker } from "./value-picker";

type LayoutConditionsProps = {
  filter: LayoutDraft["filter"];
  choices: LayoutChoices;
  faults: Faults;
  onChange: (next: LayoutDraft["filter"]) => void;
};

const placeOf = (one: Condition) => `filter.${one}`;
const ADD = "layout-add-condition";

/** What a form counts: each condition with its values; none: everything of the year. */
export function LayoutConditions({ filter, choices, faults, onChange }: LayoutConditionsProps) {
  const t = useTranslations("layoutForms");
  const focus = (id: string) =>
    requestAnimationFrame(() =>
      document.querySelector<HTMLElement>(`[id="${id}"] button`)?.focus(),
    );
  const without = (one: Condition) => {
    const { [one]: _gone, ...rest } = filter;
    onChange(rest);
    focus(ADD);
  };
  const add = (one: Condition) => {
    onChange({ ...filter, [one]: [] });
    focus(idOf(placeOf(one)));
  };
  const more = addable(filter);
  return (
    <div className={styles.conditions}>
      {CONDITIONS.flatMap((one) => {
        const chosen = filter[one];
        if (chosen === undefined) return [];
        const { name, options } = choices.conditions[one];
        return [
          <ValuePicker
            key={one}
            place={placeOf(one)}
            faults={faults}
            legend={name}
            options={options}
            chosen={chosen}
            hint={one === "seasons" ? t("seasonsHint") : undefined}
            onChange={(next) => onChange({ ...filter, [one]: next })}
            onRemove={() => without(one)}
          />,
        ];
      })}
      {CONDITIONS.every((one) => filter[one] === undefined) && (
        <p className="quiet">{t("noCondition")}</p>
      )}
      {more.length > 0 && (
        <div id={ADD}>
          <Menu label={t("addCondition")} size="small">
            {more.map((one) => (
              <MenuItem key={one} onSelect={() => add(one)}>
                {choices.conditions[one].name}
              </MenuItem>
            ))}
          </Menu>
        </div>
      )}
    </div>
  );
}

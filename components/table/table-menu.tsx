"use client";

import { Columns3 } from "lucide-react";
import { useTranslations } from "next-intl";
import { usePreferences, useSetPreference } from "@/components/shell/preferences";
import { Checkbox } from "@/components/form/checkbox";
import { Button } from "@/components/ui/button";
import { Menu } from "@/components/ui/menu";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { densities } from "@/lib/kernel/preferences";
import styles from "./table-menu.module.css";

type Choice = { id: string; label: string; shown: boolean };

export type TableMenuProps = {
  choices: Choice[];
  onToggle: (id: string, shown: boolean) => void;
  onReset: () => void;
};

export function TableMenu({ choices, onToggle, onReset }: TableMenuProps) {
  const t = useTranslations("common.table");
  const { density } = usePreferences();
  const setPreference = useSetPreference();
  return (
    <Menu
      size="small"
      align="end"
      stayOpen
      label={
        <>
          <Columns3 size={16} aria-hidden />
          {t("columns")}
        </>
      }
    >
      <div className={styles.panel}>
        <SegmentedControl
          size="small"
          label={t("density")}
          value={density}
          options={densities.map((value) => ({ value, label: t(value) }))}
          onChange={(value) => setPreference("density", value)}
        />
        {choices.length > 0 && (
          <fieldset className={styles.choices}>
            <legend className={styles.legend}>{t("chooseColumns")}</legend>
            {choices.map((choice) => (
              <Checkbox
                key={choice.id}
                label={choice.label}
                checked={choice.shown}
                onChange={(event) => onToggle(choice.id, event.target.checked)}
              />
            ))}
          </fieldset>
        )}
        <Button variant="quiet" size="small" onClick={onReset}>
          {t("allColumns")}
        </Button>
      </div>
    </Menu>
  );
}

"use client";

import { Checkbox } from "@/components/form/checkbox";
import { Menu } from "@/components/ui/menu";
import { nameOf } from "@/lib/features/reference/present";
import type { Reference } from "@/lib/features/reference/types";
import type { GridWords } from "./grid-words";
import styles from "./grid.module.css";

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
  const listed = reference.programmes.filter(({ active, code }) => active || chosen.includes(code));
  const first = listed.find(({ code }) => code === chosen[0]);
  const label =
    chosen.length === 0 || !first
      ? t("programmes.all")
      : chosen.length === 1
        ? nameOf(first, locale)
        : t("programmes.several", { name: nameOf(first, locale), count: chosen.length });
  return (
    <Menu size="small" stayOpen label={label} ariaLabel={t("programmes.label", { chosen: label })}>
      <fieldset className={styles.columnChoice}>
        <legend>{t("programmes.legend")}</legend>
        {listed.map((programme) => (
          <Checkbox
            key={programme.code}
            label={nameOf(programme, locale)}
            checked={chosen.includes(programme.code)}
            onChange={({ target }) =>
              onChoose(
                target.checked
                  ? [...chosen, programme.code]
                  : chosen.filter((code) => code !== programme.code),
              )
            }
          />
        ))}
      </fieldset>
    </Menu>
  );
}

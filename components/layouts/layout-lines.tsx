"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { LAYOUT_MOST } from "@/lib/features/layouts/types";
import { moved, newLine, replaced, type DraftLine, type Faults, type LinesName } from "./layout-draft"; // prettier-ignore
import { Fault, idOf } from "./layout-faults";
import styles from "./layouts.module.css";
import { MoveTools } from "./move-tools";
import { TextPair } from "./text-pair";

type LayoutLinesProps = {
  name: LinesName;
  lines: DraftLine[];
  faults: Faults;
  onChange: (next: DraftLine[]) => void;
};

const LONGEST: Record<LinesName, number> = { header: 60, footer: 40, notes: 300 };

/** What stands above and below the table, line by line. */
export function LayoutLines({ name, lines, faults, onChange }: LayoutLinesProps) {
  const t = useTranslations("layoutForms");
  const add = idOf(`${name}.add`);
  return (
    <fieldset className={styles.group} id={idOf(name)}>
      <legend>{t(name)}</legend>
      {name !== "footer" && <p className="quiet">{t("linesHint")}</p>}
      {lines.map((line, at) => {
        const called = t("lineOf", { of: t(name), number: at + 1 });
        const place = `${name}.${line.key}`;
        return (
          <div key={line.key} className={styles.line}>
            <TextPair
              place={place}
              faults={faults}
              label={called}
              labelEn={t("lineEn", { number: at + 1 })}
              value={line}
              max={LONGEST[name]}
              long={name === "notes"}
              required
              onChange={(text) => onChange(replaced(lines, line.key, { ...line, ...text }))}
            />
            <MoveTools
              what={called}
              at={at}
              count={lines.length}
              after={add}
              onMove={(step) => onChange(moved(lines, at, step))}
              onRemove={() => onChange(replaced(lines, line.key, null))}
            />
          </div>
        );
      })}
      <Fault place={name} said={faults[name]} />
      {lines.length < LAYOUT_MOST[name] && (
        <div>
          <Button
            id={add}
            size="small"
            aria-label={t("addLineOf", { of: t(name) })}
            onClick={() => onChange([...lines, newLine()])}
          >
            {t("addLine")}
          </Button>
        </div>
      )}
    </fieldset>
  );
}

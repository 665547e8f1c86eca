"use client";

import { ChevronLeft, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Checkbox } from "@/components/form/checkbox";
import { filterOptions } from "@/components/form/combobox-filter";
import type { SelectOption } from "@/components/form/select";
import { TextInput } from "@/components/form/text-input";
import { Menu } from "@/components/ui/menu";
import { moved, type Faults } from "./layout-draft";
import { Fault, idOf } from "./layout-faults";
import styles from "./layouts.module.css";

type ValuePickerProps = {
  place: string;
  faults: Faults;
  legend: string;
  /** Names it among others of its kind, for those who do not see where it stands. */
  of?: string | undefined;
  options: readonly SelectOption[];
  chosen: readonly string[];
  onChange: (next: string[]) => void;
  /** The order is one of columns: it can be changed. */
  ordered?: boolean | undefined;
  hint?: string | undefined;
  onRemove?: (() => void) | undefined;
};

/** From here on one looks for a value by its name rather than down the list. */
const MANY = 24;

function Ticks({
  options,
  chosen,
  onChange,
  label,
}: Pick<ValuePickerProps, "options" | "chosen" | "onChange"> & { label: string }) {
  const t = useTranslations("common");
  const [typed, setTyped] = useState("");
  return (
    <div className={styles.ticks} role="group" aria-label={label}>
      {options.length > MANY && (
        <TextInput
          type="search"
          aria-label={t("findChoice", { label })}
          placeholder={t("findChoice", { label })}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
      )}
      {filterOptions(options, typed).map(({ value, label: words }) => (
        <Checkbox
          key={value}
          label={words}
          checked={chosen.includes(value)}
          onChange={(event) =>
            onChange(
              event.target.checked ? [...chosen, value] : chosen.filter((one) => one !== value),
            )
          }
        />
      ))}
    </div>
  );
}

/** Several values of a list: what is chosen stands there to be taken away, also what the list no longer has. */
export function ValuePicker(props: ValuePickerProps) {
  const { place, faults, legend, of, options, chosen, onChange, ordered, hint, onRemove } = props;
  const t = useTranslations("layoutForms");
  const labels = new Map(options.map(({ value, label }) => [value, label]));
  const name = of === undefined ? legend : t("within", { of, what: legend });
  const id = idOf(place);
  return (
    <fieldset
      className={styles.picker}
      id={id}
      aria-describedby={faults[place] === undefined ? undefined : `${id}-error`}
    >
      <legend>{legend}</legend>
      <div className={styles.chosen}>
        {chosen.map((value, at) => {
          const label = labels.get(value) ?? t("unlisted", { code: value });
          return (
            <span key={value} className={styles.value}>
              {ordered && at > 0 && (
                <button
                  type="button"
                  aria-label={t("earlier", { what: label, of: name })}
                  onClick={() => onChange(moved(chosen, at, -1))}
                >
                  <ChevronLeft size={14} aria-hidden />
                </button>
              )}
              <span>{label}</span>
              <button
                type="button"
                aria-label={t("without", { what: label, of: name })}
                onClick={() => onChange(chosen.filter((one) => one !== value))}
              >
                <X size={14} aria-hidden />
              </button>
            </span>
          );
        })}
        <Menu
          label={t("choose")}
          ariaLabel={t("chooseOf", { of: name })}
          size="small"
          stayOpen
          whenOpen
        >
          <Ticks options={options} chosen={chosen} onChange={onChange} label={name} />
        </Menu>
        {onRemove && (
          <button type="button" className={styles.drop} onClick={onRemove}>
            {t("removeOf", { what: legend })}
          </button>
        )}
      </div>
      <Fault place={place} said={faults[place]} />
      {hint && <p className="quiet">{hint}</p>}
    </fieldset>
  );
}

"use client";

import { useTranslations } from "next-intl";
import { Checkbox } from "@/components/form/checkbox";
import type { SelectOption } from "@/components/form/select";
import { usePreferences } from "@/components/shell/preferences";
import { Button } from "@/components/ui/button";
import { LAYOUT_MOST, type GroupedAxis } from "@/lib/features/layouts/types";
import type { LayoutChoices } from "./layout-choices";
import { moved, newGroup, replaced, type DraftGroup, type DraftPart, type Faults } from "./layout-draft"; // prettier-ignore
import { Fault, idOf } from "./layout-faults";
import styles from "./layouts.module.css";
import { MoveTools } from "./move-tools";
import { TextPair } from "./text-pair";
import { ValuePicker } from "./value-picker";

type ColumnsProps = {
  part: DraftPart;
  axis: GroupedAxis;
  place: string;
  /** How the part is called. */
  of: string;
  choices: LayoutChoices;
  faults: Faults;
  onChange: (groups: DraftGroup[]) => void;
};

type ColumnProps = Omit<ColumnsProps, "onChange"> & {
  group: DraftGroup;
  called: string;
  change: (next: DraftGroup) => void;
};

/** The values of the axis, each that stands in another column with the name of that one. */
function useValues({ part, axis, choices, group }: ColumnProps) {
  const t = useTranslations("layoutForms");
  const { locale } = usePreferences();
  const others = part.groups.filter(({ key }) => key !== group.key);
  const marked = (options: readonly SelectOption[], of: "codes" | "seasons"): SelectOption[] =>
    options.map(({ value, label }) => {
      const other = others.find((one) => one[of].some((code) => code === value));
      const name = other && ((locale === "en" && other.name.en) || other.name.zh);
      return { value, label: name ? t("elsewhere", { what: label, name }) : label };
    });
  const { options } = choices.conditions[axis];
  return {
    codes: marked(
      axis === "programme"
        ? options.filter(({ value }) => !choices.apart.includes(value))
        : options,
      "codes",
    ),
    seasons: marked(choices.conditions.seasons.options, "seasons"),
  };
}

/** One column: its name, the values that it gathers, and what it counts where that is another thing. */
function Column(props: ColumnProps) {
  const { part, axis, place, called, choices, faults, group, change } = props;
  const t = useTranslations("layoutForms");
  const values = useValues(props);
  const picker = { faults, of: called };
  return (
    <>
      <TextPair
        place={`${place}.name`}
        faults={faults}
        label={t("columnName")}
        labelEn={t("columnNameEn")}
        value={group.name}
        max={40}
        required
        onChange={(name) => change({ ...group, name })}
      />
      {axis === "programme" && (group.seasons.length > 0 || group.codes.length === 0) && (
        <ValuePicker
          {...picker}
          place={`${place}.seasons`}
          legend={choices.conditions.seasons.name}
          options={values.seasons}
          chosen={group.seasons}
          hint={t("columnSeasonsHint")}
          onChange={(next) => change({ ...group, seasons: next as DraftGroup["seasons"] })}
        />
      )}
      {!(axis === "programme" && group.seasons.length > 0) && (
        <ValuePicker
          {...picker}
          place={`${place}.codes`}
          legend={choices.conditions[axis].name}
          options={values.codes}
          chosen={group.codes}
          onChange={(codes) => change({ ...group, codes })}
        />
      )}
      <Checkbox
        label={t("ownMeasures")}
        checked={group.measures !== null}
        onChange={(event) =>
          change({ ...group, measures: event.target.checked ? part.measures : null })
        }
      />
      {group.measures !== null && (
        <ValuePicker
          {...picker}
          place={`${place}.measures`}
          legend={t("measures")}
          options={choices.measures}
          chosen={group.measures}
          ordered
          onChange={(next) => change({ ...group, measures: next as DraftPart["measures"] })}
        />
      )}
    </>
  );
}

/** Columns of a part that gather values of its axis; without any, each value has its own. */
export function LayoutColumns({ onChange, ...props }: ColumnsProps) {
  const { part, axis, place, of, faults } = props;
  const t = useTranslations("layoutForms");
  const { groups } = part;
  const add = idOf(`${place}.groups`);
  return (
    <div className={styles.columns}>
      {groups.map((group, at) => {
        const called = t("columnOf", { part: of, number: at + 1 });
        const own = `${place}.groups.${group.key}`;
        return (
          <fieldset
            key={group.key}
            id={idOf(own)}
            className={styles.column}
            aria-describedby={faults[own] === undefined ? undefined : `${idOf(own)}-error`}
          >
            <legend>{t("column", { number: at + 1 })}</legend>
            <MoveTools
              what={called}
              at={at}
              count={groups.length}
              after={add}
              onMove={(step) => onChange(moved(groups, at, step))}
              onRemove={() => onChange(replaced(groups, group.key, null))}
            />

            <Fault place={own} said={faults[own]} />
            <Column
              {...props}
              place={own}
              group={group}
              called={called}
              change={(next) => onChange(replaced(groups, group.key, next))}
            />
          </fieldset>
        );
      })}
      <Fault place={`${place}.groups`} said={faults[`${place}.groups`]} />
      <p className="quiet">
        {t(groups.length > 0 ? "restSaid" : "eachSaid")}
        {axis === "fundSource" && t("sourcesSaid")}
      </p>
      {groups.length < LAYOUT_MOST.groups && (
        <div>
          <Button
            id={add}
            size="small"
            aria-label={t("addColumnOf", { of })}
            onClick={() => onChange([...groups, newGroup()])}
          >
            {t(groups.length > 0 ? "addColumn" : "gather")}
          </Button>
        </div>
      )}
    </div>
  );
}

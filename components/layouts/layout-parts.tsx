"use client";

import { useTranslations } from "next-intl";
import { Checkbox } from "@/components/form/checkbox";
import { Field } from "@/components/form/field";
import { Select } from "@/components/form/select";
import { TextInput } from "@/components/form/text-input";
import { usePreferences } from "@/components/shell/preferences";
import { Button } from "@/components/ui/button";
import type { Layout, LayoutBlock, LayoutText } from "@/lib/features/layouts/types";
import type { LayoutChoices } from "./layout-choices";
import styles from "./layouts.module.css";

type LayoutPartsProps = {
  layout: Layout;
  choices: LayoutChoices;
  change: (next: Partial<Layout>) => void;
};

type PartProps = Omit<LayoutPartsProps, "change"> & {
  part: LayoutBlock;
  at: number;
  change: (next: LayoutBlock | null) => void;
};

function Part({ layout, choices, part, at, change }: PartProps) {
  const t = useTranslations("layoutForms");
  const { locale } = usePreferences();
  const name = (next: Partial<LayoutText>) => change({ ...part, name: { ...part.name, ...next } });
  const measures = (value: string, on: boolean) =>
    choices.measures
      .map((one) => one.value)
      .filter((one) => (one === value ? on : part.measures.some((measure) => measure === one)));
  const called = ({ zh, en }: LayoutText) => (locale === "en" && en !== "" ? en : zh);
  return (
    <fieldset className={styles.group}>
      <legend>{t("part", { number: at + 1 })}</legend>
      <div className={styles.pair}>
        <Field label={t("partName")} width="half" optional>
          {(control) => (
            <TextInput
              {...control}
              value={part.name.zh}
              maxLength={40}
              onChange={(event) => name({ zh: event.target.value })}
            />
          )}
        </Field>
        <Field label={t("partNameEn")} width="half" optional>
          {(control) => (
            <TextInput
              {...control}
              value={part.name.en}
              maxLength={40}
              onChange={(event) => name({ en: event.target.value })}
            />
          )}
        </Field>
      </div>
      {part.groups ? (
        <p className="quiet">{t("gathered", { names: part.groups.map((group) => called(group.name)).join(locale === "en" ? ", " : "、") })}</p> // prettier-ignore
      ) : (
        <Field label={t("axis")} width="half">
          {(control) => (
            <Select
              {...control}
              placeholder={t("whole")}
              options={choices.axes.filter(({ value }) => value !== layout.rows)}
              value={part.axis ?? ""}
              onChange={(event) =>
                change({ ...part, axis: (event.target.value || null) as LayoutBlock["axis"] })
              }
            />
          )}
        </Field>
      )}
      <div className={styles.choices} role="group" aria-label={t("measures")}>
        {choices.measures.map(({ value, label }) => (
          <Checkbox
            key={value}
            label={label}
            checked={part.measures.some((one) => one === value)}
            onChange={(event) =>
              change({
                ...part,
                measures: measures(value, event.target.checked) as LayoutBlock["measures"],
              })
            }
          />
        ))}
      </div>
      {layout.blocks.length > 1 && (
        <div>
          <Button size="small" variant="quiet" onClick={() => change(null)}>
            {t("removePart")}
          </Button>
        </div>
      )}
    </fieldset>
  );
}

/** The groups of columns of a form, each with what it is parted by and what it counts. */
export function LayoutParts({ layout, choices, change }: LayoutPartsProps) {
  const t = useTranslations("layoutForms");
  const { blocks } = layout;
  const put = (at: number, part: LayoutBlock | null) =>
    change({ blocks: blocks.flatMap((one, other) => (other === at ? (part ?? []) : [one])) });
  return (
    <>
      {blocks.map((part, at) => (
        <Part
          key={at}
          layout={layout}
          choices={choices}
          part={part}
          at={at}
          change={(next) => put(at, next)}
        />
      ))}
      {blocks.length < 12 && (
        <div>
          <Button
            size="small"
            onClick={() =>
              change({
                blocks: [...blocks, { name: { zh: "", en: "" }, axis: null, measures: ["amountFen"] }], // prettier-ignore
              })
            }
          >
            {t("addPart")}
          </Button>
        </div>
      )}
    </>
  );
}

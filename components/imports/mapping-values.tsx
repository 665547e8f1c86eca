import { useLocale, useTranslations } from "next-intl";
import { Select, type SelectOption } from "@/components/form/select";
import { OrganisationPicker } from "@/components/reference/organisation-picker";
import { organisationSource } from "@/components/reference/organisation-source";
import { codesOf } from "@/lib/features/imports/present";
import type { ImportView } from "@/lib/features/imports/schema";
import type { ValueList, ValueMaps } from "@/lib/features/imports/types";
import { namesOf } from "@/lib/features/reference/present";
import type { PageReference } from "@/lib/features/reference/types";
import { headingOf } from "@/lib/features/rows/labels";
import type { Locale } from "@/lib/kernel/preferences";
import { wholeText } from "@/lib/kernel/written";
import styles from "./imports.module.css";

/** What can be chosen from a list, by the names that people know. */
export function useListOptions(reference: PageReference): (list: ValueList) => SelectOption[] {
  const form = useTranslations("labels.form");
  const names = namesOf(reference, useLocale() as Locale);
  const codes = codesOf(reference);
  return (list) =>
    codes[list].map((code) => ({
      value: code,
      label: list === "form" ? form(code) : names[list](code),
    }));
}

type Picking = {
  reference: PageReference;
  label: string;
  value: string;
  onPick: (code: string) => void;
};

function PlacePicker({ reference, label, value, onPick }: Picking) {
  const t = useTranslations("imports.mapping");
  const locale = useLocale() as Locale;
  const optionsOf = useListOptions(reference);
  const source = organisationSource(reference, {
    chosen: value,
    locale,
    ask: { entering: "true" },
    listed: () => [{ value: "", label: t("valueNone") }, ...optionsOf("organisation")],
  });
  return <OrganisationPicker aria-label={label} as="select" source={source} value={value} onChange={onPick} />; // prettier-ignore
}

function CodePicker({ reference, label, value, onPick, list }: Picking & { list: ValueList }) {
  const t = useTranslations("imports.mapping");
  const options = useListOptions(reference)(list);
  const known = value === "" || options.some((one) => one.value === value);
  return (
    <Select
      aria-label={label}
      placeholder={t("valueNone")}
      value={value}
      options={known ? options : [...options, { value, label: value }]}
      onChange={(event) => onPick(event.target.value)}
    />
  );
}

/** Words of the table that are no names of ours, each with how many rows say so, and what they stand for. */
export function MappingValues({
  values,
  reference,
  held,
  hold,
}: Pick<ImportView, "values"> & {
  reference: PageReference;
  held: ValueMaps;
  hold: (held: ValueMaps) => void;
}) {
  const t = useTranslations("imports.mapping");
  const locale = useLocale() as Locale;
  const open = values.filter(({ code }) => code === null).length;
  function pick(list: ValueList, text: string, code: string) {
    const { [text]: _, ...others } = held[list] ?? {};
    hold({ ...held, [list]: code === "" ? others : { ...others, [text]: code } });
  }
  return (
    <div>
      <p>{open > 0 ? t("valuesOpen", { count: open }) : t("valuesKept")}</p>
      <div className={styles.bounded} tabIndex={0} role="region" aria-label={t("values")}>
        <table className={styles.table}>
          <caption className={styles.caption}>{t("valuesHint")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("valueText")}</th>
              <th scope="col">{t("valueList")}</th>
              <th scope="col">{t("valueRows")}</th>
              <th scope="col">{t("valueCode")}</th>
            </tr>
          </thead>
          <tbody>
            {values.map(({ list, text, rows }) => {
              const heading = headingOf(list === "fundSource" ? "fundSource1" : list, locale);
              const picking = {
                reference,
                label: t("valueOf", { text, list: heading }),
                value: held[list]?.[text] ?? "",
                onPick: (code: string) => pick(list, text, code),
              };
              return (
                <tr key={`${list}:${text}`}>
                  <th scope="row">{text}</th>
                  <td data-label={t("valueList")}>{heading}</td>
                  <td className={styles.number} data-label={t("valueRows")}>
                    {rows === null ? "—" : wholeText(rows)}
                  </td>
                  <td data-label={t("valueCode")}>
                    {list === "organisation" ? (
                      <PlacePicker {...picking} />
                    ) : (
                      <CodePicker {...picking} list={list} />
                    )}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </div>
  );
}

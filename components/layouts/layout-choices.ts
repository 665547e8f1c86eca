import { axisName, measureName } from "@/lib/features/cross/present";
import { CROSS_AXES, FORM_MEASURES } from "@/lib/features/cross/types";
import { NO_CAMPAIGN } from "@/lib/features/filter/types";
import { CONDITIONS, type Condition, type LayoutWords } from "@/lib/features/layouts/types";
import { nameOf } from "@/lib/features/reference/present";
import { SEASONS, type Coded, type Reference } from "@/lib/features/reference/types";
import { AID_FORMS, AMOUNT_KINDS } from "@/lib/kernel/record-codes";
import type { SelectOption } from "@/components/form/select";

/** What may be chosen, named in the reader's language. */
export type LayoutChoices = {
  axes: SelectOption[];
  measures: SelectOption[];
  /** By condition: how it is called, and its values. */
  conditions: Record<Condition, { name: string; options: SelectOption[] }>;
  /** Programmes that stand apart from the totals: no column gathers them. */
  apart: string[];
};

/** What a form may be made of, in the words of the cross table. */
export function layoutChoices(words: LayoutWords, reference: Reference): LayoutChoices {
  const { labels, locale } = words;
  const coded = (list: readonly Coded[]): SelectOption[] =>
    list.map((one) => ({ value: one.code, label: nameOf(one, locale) }));
  const said = (values: readonly string[], list: string): SelectOption[] =>
    values.map((value) => ({ value, label: labels(`${list}.${value}`) }));
  const options: Record<Condition, SelectOption[]> = {
    seasons: said(SEASONS, "season"),
    programme: coded(reference.programmes),
    aidCategory: coded(reference.aidCategories),
    recipientKind: coded(reference.recipientKinds),
    campaign: [...coded(reference.campaigns), { value: NO_CAMPAIGN, label: labels("noCampaign") }],
    fundSource: coded(reference.fundSources),
    form: said(AID_FORMS, "form"),
    amountKind: said(AMOUNT_KINDS, "amountKind"),
  };
  const named = (one: Condition) =>
    one === "seasons" ? words.layouts("seasons") : words.dashboard(`name.${one}`);
  return {
    axes: CROSS_AXES.map((value) => ({ value, label: axisName(value, words) })),
    measures: FORM_MEASURES.map((value) => ({
      value,
      label: value === "amountFen" ? words.layouts("amount") : measureName(value, words),
    })),
    conditions: Object.fromEntries(
      CONDITIONS.map((one) => [one, { name: named(one), options: options[one] }]),
    ) as LayoutChoices["conditions"],
    apart: reference.programmes.filter((one) => one.contributory).map(({ code }) => code),
  };
}

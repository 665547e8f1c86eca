import { axisName, measureName } from "@/lib/features/cross/present";
import { CROSS_AXES, CROSS_MEASURES } from "@/lib/features/cross/types";
import type { LayoutWords } from "@/lib/features/layouts/types";
import { SEASONS } from "@/lib/features/reference/types";
import type { SelectOption } from "@/components/form/select";

/** What may be chosen, named in the reader's language. */
export type LayoutChoices = {
  axes: SelectOption[];
  measures: SelectOption[];
  seasons: SelectOption[];
};

/** What a form may be made of, in the words of the cross table. */
export const layoutChoices = (words: LayoutWords): LayoutChoices => ({
  axes: CROSS_AXES.map((value) => ({ value, label: axisName(value, words) })),
  measures: CROSS_MEASURES.map((value) => ({
    value,
    label: value === "amountFen" ? words.layouts("amount") : measureName(value, words),
  })),
  seasons: SEASONS.map((value) => ({ value, label: words.labels(`season.${value}`) })),
});

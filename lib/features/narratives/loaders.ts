import "server-only";
import { z } from "zod";
import { readPlaces } from "@/lib/features/filter/queries";
import { loadPreferences } from "@/lib/i18n/preferences";
import { civilDateInChina, yearOf } from "@/lib/kernel/fiscal-year";
import { readSearch, type SearchParams } from "@/lib/kernel/search";
import { codeSchema, yearSchema } from "@/lib/kernel/wire";
import { readPage } from "@/lib/platform/session";
import { getNarrative } from "./queries";
import { lengthSchema } from "./schema";
import type { NarrativeView } from "./types";

const querySchema = z.strictObject({
  year: yearSchema.optional(),
  org: codeSchema.optional(),
  length: lengthSchema,
});

export async function loadNarrative(searchParams: SearchParams): Promise<NarrativeView> {
  const { query, ignored } = readSearch(querySchema, searchParams);
  const { length = "long", ...asked } = query;
  const current = yearOf(civilDateInChina(new Date()));
  const { locale } = await loadPreferences();
  return readPage(async ({ db, scope, actor }) => {
    const start = await readPlaces({ db, scope, actor, asked, current });
    const { reference, places, root, filter, unknown } = start;
    const { year, org } = filter;
    const { narrative } = await getNarrative({ db, scope, query: { year, org, lang: locale, length } }); // prettier-ignore
    return { narrative, reference, places, root, year, length, ignored: [...ignored, ...unknown] };
  });
}

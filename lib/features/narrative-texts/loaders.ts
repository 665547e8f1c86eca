import "server-only";
import { z } from "zod";
import { readPlaces } from "@/lib/features/filter/queries";
import { getNarrative } from "@/lib/features/narratives/queries";
import { lengthSchema } from "@/lib/features/narratives/schema";
import { loadPreferences } from "@/lib/i18n/preferences";
import { holdsRole } from "@/lib/kernel/actor";
import { found } from "@/lib/kernel/app-error";
import { civilDateInChina, yearOf } from "@/lib/kernel/fiscal-year";
import { readSearch, type SearchParams } from "@/lib/kernel/search";
import { codeSchema, yearSchema } from "@/lib/kernel/wire";
import { readPage } from "@/lib/platform/session";
import { WRITERS } from "./policy";
import { findText, getSavedText, listTexts } from "./queries";
import type { BriefView } from "./types";

const querySchema = z.strictObject({
  year: yearSchema.optional(),
  org: codeSchema.optional(),
  length: lengthSchema,
  version: z.coerce.number().int().min(1).max(1_000_000).optional(),
  edit: z.literal("1").optional(),
});

export async function loadBrief(searchParams: SearchParams): Promise<BriefView> {
  const { query, ignored } = readSearch(querySchema, searchParams);
  const { length = "long", version, edit, ...asked } = query;
  const current = yearOf(civilDateInChina(new Date()));
  const { locale } = await loadPreferences();
  return readPage(async ({ db, scope, actor }) => {
    const start = await readPlaces({ db, scope, actor, asked, current });
    const { reference, places, root, filter, unknown } = start;
    const { year, org } = filter;
    const of = { year, org, lang: locale };
    const { narrative } = await getNarrative({ db, scope, query: { ...of, length } });
    const kept =
      version === undefined ? null : found(await findText({ db, scope, ...of, version }));
    const mayWrite = holdsRole(actor, WRITERS, root.path);
    return {
      ...{ narrative, reference, places, root, year, length },
      ...{ ignored: [...ignored, ...unknown], mayWrite, editing: mayWrite && edit === "1" },
      texts: await listTexts({ db, scope, ...of }),
      saved: kept && (await getSavedText({ db, scope, text: kept })),
      userId: actor.userId,
    };
  });
}

import "server-only";
import { notFound } from "next/navigation";
import { cache } from "react";
import { readPlaces } from "@/lib/features/filter/queries";
import { getPageReference, withNamed } from "@/lib/features/reference/queries";
import { hasRole, holdsRole } from "@/lib/kernel/actor";
import { AppError } from "@/lib/kernel/app-error";
import { civilDateInChina, yearOf } from "@/lib/kernel/fiscal-year";
import { reaches } from "@/lib/kernel/scope";
import { readSearch, type SearchParams } from "@/lib/kernel/search";
import { readPage } from "@/lib/platform/session";
import { mayFile, mayReadFiles } from "./policy";
import { findHousehold, householdSums } from "./queries";
import { householdsQuerySchema } from "./schema";
import type { HouseholdsView, HouseholdView, NewHouseholdView } from "./types";

/** What may be chosen and how many there are; the files themselves the browser asks for. */
export async function loadHouseholds(searchParams: SearchParams): Promise<HouseholdsView> {
  const { query: asked, ignored } = readSearch(householdsQuerySchema, searchParams);
  const { org, limit: _, ...query } = asked;
  const today = civilDateInChina(new Date());
  const year = yearOf(today);
  return readPage(async ({ db, scope, actor }) => {
    const start = await readPlaces({ db, scope, actor, asked: { org }, current: year });
    const { root } = start;
    const [sums, causes] = [
      await householdSums({ db, scope, query: { year, org: root.code, by: "organisation" } }),
      await householdSums({ db, scope, query: { year, org: root.code, by: "cause" } }),
    ];
    const named = sums.items.map(({ key }) => key);
    const reference = await withNamed({ db }, start.reference, named);
    const places = reference.organisations.filter(({ path }) => reaches(scope, path));
    return {
      ...{ reference, places, root, today, year, query, sums, causes },
      ignored: [...ignored, ...start.unknown],
      reads: mayReadFiles(actor),
      files: hasRole(actor, ["CLERK"]),
      keeps: mayFile(actor, root.path),
    };
  });
}

/** Which file is asked for, and nothing of whom: the page carries nobody's name. */
export const loadHousehold = cache(async (id: string): Promise<HouseholdView> => {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) notFound();
  return readPage(async ({ db, scope, actor }) => {
    const { code, organisation } = await findHousehold({ db, scope, actor, id });
    return {
      ...{ id, code, organisation },
      reference: await getPageReference({ db, scope, actor, named: [organisation] }),
      today: civilDateInChina(new Date()),
    };
  });
});

export async function loadNewHousehold(): Promise<NewHouseholdView> {
  return readPage(async ({ db, scope, actor }) => {
    if (!hasRole(actor, ["CLERK"])) throw new AppError("FORBIDDEN");
    const reference = await getPageReference({ db, scope, actor, entering: true, named: [] });
    const places = reference.organisations.filter(
      ({ path, active }) => active && holdsRole(actor, ["CLERK"], path),
    );
    return { reference, places, today: civilDateInChina(new Date()) };
  });
}

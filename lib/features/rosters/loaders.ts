import "server-only";
import { referenceOf } from "@/lib/features/disbursements/queries";
import { getPageReference } from "@/lib/features/reference/queries";
import { civilDateInChina } from "@/lib/kernel/fiscal-year";
import { readPage } from "@/lib/platform/session";
import { notFound } from "next/navigation";
import { cache } from "react";
import { findRostered } from "./queries";
import type { RosterView } from "./types";

/** The record whose roster is asked for, and no line of it: the page carries nobody's name. */
export const loadRoster = cache(async (id: string): Promise<RosterView> => {
  if (!/^[1-9]\d{0,17}$/.test(id)) notFound();
  return readPage(async ({ db, scope, actor }) => {
    const record = await findRostered({ db, scope, id });
    const { organisation, programme, status } = record;
    return {
      record: { id, reference: referenceOf(record), organisation, programme, status },
      reference: await getPageReference({ db, scope, actor, named: [organisation] }),
      today: civilDateInChina(new Date()),
    };
  });
});

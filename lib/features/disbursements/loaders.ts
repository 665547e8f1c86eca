import "server-only";
import type { Route } from "next";
import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import { loadPreferences } from "@/lib/i18n/preferences";
import { getReference } from "@/lib/features/reference/queries";
import type { Reference } from "@/lib/features/reference/types";
import { hasRole, holdsRole, type Actor } from "@/lib/kernel/actor";
import { AppError } from "@/lib/kernel/app-error";
import { civilDateInChina, type CivilDate } from "@/lib/kernel/fiscal-year";
import { readPage } from "@/lib/platform/session";
import { getDisbursement } from "./queries";
import type { DisbursementDetail } from "./types";

/** An address somebody mistyped is a page that does not exist, not a mistake of the server. */
function requireId(id: string): string {
  return /^[1-9]\d{0,17}$/.test(id) ? id : notFound();
}

export type RecordView = {
  actor: Actor;
  reference: Reference;
  record: DisbursementDetail;
  unit: "yuan" | "wan";
};

/** One record and the words for its codes; cached, because the page's title needs it too. */
export const loadDisbursement = cache(async (id: string): Promise<RecordView> => {
  requireId(id);
  const { unit } = await loadPreferences();
  return readPage(async ({ db, scope, actor }) => ({
    actor,
    unit,
    record: await getDisbursement({ db, scope, actor, id, now: new Date() }),
    reference: await getReference({ db }),
  }));
});

export type EntryView = {
  userId: string;
  reference: Reference;
  /** Codes of the organisations this clerk enters for; the own one first. */
  organisations: string[];
  /** Null for a new one. */
  record: DisbursementDetail | null;
  /** The record a new one is to resemble. */
  like: DisbursementDetail | null;
  today: CivilDate;
};

function entryOrganisations(actor: Actor, reference: Reference): string[] {
  const own = actor.memberships.filter(({ role }) => role === "CLERK").map(({ code }) => code);
  const reachable = reference.organisations.filter(
    ({ active, path }) => active && holdsRole(actor, ["CLERK"], path),
  );
  return [...new Set([...own, ...reachable.map(({ code }) => code)])];
}

/** A new entry, or one the clerk may still change; a record past that is shown, not edited. */
export async function loadEntry(input: {
  id: string | null;
  likeId?: string | undefined;
}): Promise<EntryView> {
  const { id } = input;
  if (id !== null) requireId(id);
  const likeId = /^[1-9]\d{0,17}$/.test(input.likeId ?? "") ? input.likeId : undefined;
  const view = await readPage(async ({ db, scope, actor }) => {
    if (!hasRole(actor, ["CLERK"])) throw new AppError("FORBIDDEN");
    const now = new Date();
    const read = (wanted: string) => getDisbursement({ db, scope, actor, id: wanted, now });
    const reference = await getReference({ db });
    return {
      userId: actor.userId,
      reference,
      organisations: entryOrganisations(actor, reference),
      record: id === null ? null : await read(id),
      like: likeId === undefined ? null : await read(likeId),
      today: civilDateInChina(now),
    };
  });
  if (view.record && !view.record.actions.includes("edit"))
    redirect(`/disbursements/${view.record.id}` as Route);
  return view;
}

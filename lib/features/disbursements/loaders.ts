import { listAuditEntries } from "@/lib/features/audit/queries";
import { listStandingNils } from "@/lib/features/calendar/queries";
import { getPageReference } from "@/lib/features/reference/queries";
import type { Reference } from "@/lib/features/reference/types";
import { hasRole, holdsRole, type Actor } from "@/lib/kernel/actor";
import { AppError } from "@/lib/kernel/app-error";
import { civilDateInChina } from "@/lib/kernel/fiscal-year";
import { readPage } from "@/lib/platform/session";
import type { Route } from "next";
import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import "server-only";
import { getDisbursement } from "./queries";
import type { AdjustView, EntryView, RecordView } from "./types";

/** An address somebody mistyped is a page that does not exist, not a mistake of the server. */
function requireId(id: string): string {
  return /^[1-9]\d{0,17}$/.test(id) ? id : notFound();
}

/** One record and the words for its codes; cached, because the page's title needs it too. */
export const loadDisbursement = cache(async (id: string): Promise<RecordView> => {
  requireId(id);
  return readPage(async ({ db, scope, actor }) => {
    const record = await getDisbursement({ db, scope, actor, id, now: new Date() });
    const action = "disbursement.update";
    const query = { subjectType: "disbursement", subjectId: id, action, limit: 50 };
    const { items } = await listAuditEntries({ db, scope, actor, query });
    const edits = items.map((entry) => ({ id: entry.id, at: entry.at, actor: entry.actor }));
    const named = [record.organisation];
    const reference = await getPageReference({ db, scope, actor, named });
    return { actor, record, edits, reference };
  });
});

/** An approved record about to be corrected; where that is not possible, the record itself, or what was typed for it. */
export async function loadAdjustment(input: { id: string; hasText: boolean }): Promise<AdjustView> {
  const { actor, record, reference } = await loadDisbursement(input.id);
  if (!record.actions.includes("adjust") && !input.hasText)
    redirect(`/disbursements/${record.id}` as Route);
  return { userId: actor.userId, record, reference, today: civilDateInChina(new Date()) };
}

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
  begun?: EntryView["begun"];
  /** Text that was typed for it: shown even where it can no longer be saved, so that it can be copied out. */
  hasText?: boolean;
}): Promise<EntryView> {
  const { id } = input;
  if (id !== null) requireId(id);
  const likeId = /^[1-9]\d{0,17}$/.test(input.likeId ?? "") ? input.likeId : undefined;
  const view = await readPage(async ({ db, scope, actor }) => {
    if (!hasRole(actor, ["CLERK"])) throw new AppError("FORBIDDEN");
    const now = new Date();
    const read = (wanted: string) => getDisbursement({ db, scope, actor, id: wanted, now });
    const record = id === null ? null : await read(id);
    const like = likeId === undefined ? null : await read(likeId);
    const named = [record?.organisation, like?.organisation];
    const reference = await getPageReference({ db, scope, actor, entering: true, named });
    return {
      userId: actor.userId,
      reference,
      organisations: entryOrganisations(actor, reference),
      record,
      like,
      begun: input.begun ?? {},
      nils: await listStandingNils(db, actor),
      today: civilDateInChina(now),
    };
  });
  if (view.record && !view.record.actions.includes("edit") && !input.hasText)
    redirect(`/disbursements/${view.record.id}` as Route);
  return view;
}

import "server-only";
import { hasRole } from "@/lib/kernel/actor";
import { readPage } from "@/lib/platform/session";
import { listRevealRequests, listReveals } from "./queries";
import type { RevealCount, RevealRequest } from "./types";

/** As far back as the page looks. */
const DAYS = 90;

export type RevealsView = { items: RevealCount[]; days: number; administers: boolean };

export const loadReveals = (): Promise<RevealsView> =>
  readPage(async ({ db, actor }) => ({
    ...(await listReveals({ db, actor, query: { days: DAYS } })),
    days: DAYS,
    administers: hasRole(actor, ["ADMIN"]),
  }));

export const loadRevealRequests = (): Promise<{ items: RevealRequest[] }> =>
  readPage(listRevealRequests);

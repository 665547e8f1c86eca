import "server-only";
import { getPageReference } from "@/lib/features/reference/queries";
import { readPage } from "@/lib/platform/session";
import { listEvidencePacks } from "./queries";
import { mayPackEvidence } from "./policy";
import type { EvidencePacksView } from "./types";

/** Of the place and year that the page of packs stands at. */
export const loadEvidencePacks = (year: number, org: string): Promise<EvidencePacksView> =>
  readPage(async ({ db, scope, actor }) => {
    const { organisations } = await getPageReference({ db, scope, actor, named: [org] });
    const place = organisations.find(({ code }) => code === org);
    if (!place || !mayPackEvidence(actor, place.path)) return null;
    return { year, org, page: await listEvidencePacks({ db, scope, actor, query: { year, org, limit: 10 } }) }; // prettier-ignore
  });

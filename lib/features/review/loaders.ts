import "server-only";
import { getPageReference } from "@/lib/features/reference/queries";
import { listRevealRequests } from "@/lib/features/reveals/queries";
import { hasRole } from "@/lib/kernel/actor";
import { AppError } from "@/lib/kernel/app-error";
import { readPage } from "@/lib/platform/session";
import { listReviewQueue } from "./queries";
import type { ReviewView } from "./types";

/** What waits for this reviewer, with the findings beside each record. */
export async function loadReview(): Promise<ReviewView> {
  return readPage(async ({ db, scope, actor }) => {
    if (!hasRole(actor, ["REVIEWER", "PROVINCE"])) throw new AppError("FORBIDDEN");
    const now = new Date();
    const queue = await listReviewQueue({ db, scope, actor, now });
    const reveals = await listRevealRequests({ db, scope, actor });
    const named = queue.items.map(({ record }) => record.organisation);
    return {
      actor,
      reference: await getPageReference({ db, scope, actor, named }),
      queue,
      revealsAsked: reveals.items.filter(({ actions }) => actions.includes("grant")).length,
      asOf: now.toISOString(),
    };
  });
}

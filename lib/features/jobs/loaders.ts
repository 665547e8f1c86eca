import "server-only";
import { readPage, readPerson } from "@/lib/platform/session";
import { mayAsk } from "./policy";
import { listJobs } from "./queries";
import { jobsQuerySchema, type JobsPage } from "./schema";
import { ASKED_KINDS, type AskedKind } from "./types";

export type JobsView = {
  page: JobsPage;
  mayAsk: AskedKind[];
  /** Not the newest page. */
  paged: boolean;
};

export function loadJobs(search: Record<string, string | string[] | undefined>): Promise<JobsView> {
  return readPage(async ({ db, actor }) => {
    const asked = jobsQuerySchema.safeParse({ cursor: search["cursor"] });
    const query = asked.success ? asked.data : jobsQuerySchema.parse({});
    return {
      page: await listJobs({ db, actor, query }),
      paged: query.cursor !== undefined,
      mayAsk: ASKED_KINDS.filter((kind) => mayAsk(actor, kind)),
    };
  });
}

export async function loadMayAsk(): Promise<AskedKind[]> {
  const actor = await readPerson();
  return ASKED_KINDS.filter((kind) => mayAsk(actor, kind));
}

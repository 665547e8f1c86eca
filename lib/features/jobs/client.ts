import { callApi, type NewWrite } from "@/lib/browser/api-client";
import type { askJobContract, cancelJobContract, listJobsContract, AskJobInput } from "./schema";

export const askJob = (input: NewWrite<AskJobInput>) =>
  callApi<typeof askJobContract>("POST /jobs", input);

export const cancelJob = (id: string) =>
  callApi<typeof cancelJobContract>("POST /jobs/{id}/cancel", { params: { id }, body: {} });

/** One's own jobs that wait or run. */
export const listOpenJobs = (signal?: AbortSignal) =>
  callApi<typeof listJobsContract>("GET /jobs", {
    query: { open: "true", limit: 20 },
    ...(signal ? { signal } : {}),
  });

import { callApi } from "@/lib/browser/api-client";
import { askJobContract, cancelJobContract, listJobsContract, type AskJobInput } from "./schema";

export const askJob = (input: { body: AskJobInput; idempotencyKey: string }) =>
  callApi(askJobContract, input);

export const cancelJob = (id: string) => callApi(cancelJobContract, { params: { id }, body: {} });

/** One's own jobs that wait or run. */
export const listOpenJobs = (signal?: AbortSignal) =>
  callApi(listJobsContract, {
    query: { open: "true", limit: 20 },
    ...(signal ? { signal } : {}),
  });

import { apiPath } from "@/lib/browser/api-client";
import { downloadJobFileContract } from "./schema";

export function jobFileHref(job: string, file: string): string {
  return apiPath(downloadJobFileContract, { id: job, file });
}

export function jobsHref(cursor?: string): string {
  return cursor === undefined ? "/jobs" : `/jobs?cursor=${encodeURIComponent(cursor)}`;
}

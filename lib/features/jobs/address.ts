/** What a job made, as a link. */
export function jobFileHref(job: string, file: string): string {
  return `/api/v1/jobs/${job}/files/${file}`;
}

export function jobsHref(cursor?: string): string {
  return cursor === undefined ? "/jobs" : `/jobs?cursor=${encodeURIComponent(cursor)}`;
}

import { z } from "zod";
import { contract } from "@/lib/kernel/contract";
import { ASKED_KINDS, JOB_KINDS, JOB_MESSAGES, JOB_STATUSES } from "./types";

const idSchema = z.string().regex(/^[1-9]\d{0,17}$/);

export const jobSchema = z.object({
  id: z.string(),
  kind: z.enum(JOB_KINDS),
  /** False: nobody asked, the system does it by itself. */
  mine: z.boolean(),
  status: z.enum(JOB_STATUSES),
  progress: z.int().min(0).max(100).meta({ description: "Percent" }),
  message: z
    .object({
      key: z.enum(JOB_MESSAGES),
      values: z.record(z.string(), z.union([z.string(), z.number()])),
    })
    .nullable()
    .meta({ description: "What is being done, or how it ended: a code and its values" }),
  attempts: z.int(),
  askedAt: z.string(),
  finishedAt: z.string().nullable(),
  files: z.array(
    z.object({ id: z.string(), name: z.string(), mediaType: z.string(), bytes: z.int() }),
  ),
});
export type Job = z.infer<typeof jobSchema>;

export const jobsQuerySchema = z.strictObject({
  open: z.enum(["true"]).optional().meta({ description: "Only one's own that wait or run" }),
  cursor: idSchema.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
export type JobsQuery = z.infer<typeof jobsQuerySchema>;
export const jobsPageSchema = z.object({
  items: z.array(jobSchema),
  nextCursor: z.string().nullable(),
});
export type JobsPage = z.infer<typeof jobsPageSchema>;

export const askJobInputSchema = z.strictObject({ kind: z.enum(ASKED_KINDS) });
export type AskJobInput = z.infer<typeof askJobInputSchema>;

const tag = "jobs";

export const listJobsContract = contract({
  id: "listJobs",
  method: "GET",
  path: "/jobs",
  tag,
  rate: "read",
  summary:
    "One's own jobs, newest first; to administrators and the province's auditors the system's too",
  query: jobsQuerySchema,
  response: jobsPageSchema,
});
export const getJobContract = contract({
  id: "getJob",
  method: "GET",
  path: "/jobs/{id}",
  tag,
  rate: "read",
  summary: "How far a job is, and what it made",
  params: z.strictObject({ id: idSchema }),
  response: jobSchema,
});
export const askJobContract = contract({
  id: "askJob",
  method: "POST",
  path: "/jobs",
  tag,
  rate: "write",
  status: 201,
  summary:
    "Ask for a job; it acts with one's rights of the moment it runs, also after signing out. 409 while one of the kind is under way",
  body: askJobInputSchema,
  response: jobSchema,
});
export const cancelJobContract = contract({
  id: "cancelJob",
  method: "POST",
  path: "/jobs/{id}/cancel",
  tag,
  rate: "write",
  summary: "Cancel one's own job while it waits or runs; it stops with its next step",
  params: z.strictObject({ id: idSchema }),
  body: z.strictObject({}),
  response: jobSchema,
});
export const downloadJobFileContract = contract({
  id: "downloadJobFile",
  method: "GET",
  path: "/jobs/{id}/files/{file}",
  tag,
  rate: "export",
  summary: "A file that one's own job made, while one may still ask for such a job",
  params: z.strictObject({ id: idSchema, file: idSchema }),
  produces: ["text/csv"],
});

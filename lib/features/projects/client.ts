import type { z } from "zod";
import { callApi, type NewWrite, type Write } from "@/lib/browser/api-client";
import type {
  approveProjectContract,
  ApproveProjectInput,
  closeProjectContract,
  CloseProjectInput,
  createProjectContract,
  listProjectsContract,
  projectInputSchema,
  projectsQuerySchema,
  voidProjectContract,
  VoidProjectInput,
} from "./schema";

export const listProjects = (query: z.input<typeof projectsQuerySchema>, signal: AbortSignal) =>
  callApi<typeof listProjectsContract>("GET /projects", { query, signal });

export const createProject = (write: NewWrite<z.input<typeof projectInputSchema>>) =>
  callApi<typeof createProjectContract>("POST /projects", write);

export const approveProject = ({ id, ...write }: Write<ApproveProjectInput>) =>
  callApi<typeof approveProjectContract>("POST /projects/{id}/approve", {
    params: { id },
    ...write,
  });

export const closeProject = ({ id, ...write }: Write<CloseProjectInput>) =>
  callApi<typeof closeProjectContract>("POST /projects/{id}/close", { params: { id }, ...write });

export const voidProject = ({ id, ...write }: Write<VoidProjectInput>) =>
  callApi<typeof voidProjectContract>("POST /projects/{id}/void", { params: { id }, ...write });

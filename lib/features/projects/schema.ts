import { z } from "zod";
import { balanceSumsSchema, standing } from "@/lib/features/figures/schema";
import { contract } from "@/lib/kernel/contract";
import { ORIGINS } from "@/lib/kernel/record-codes";
import {
  civilDateSchema,
  codeSchema,
  fenInputSchema,
  fenTextSchema,
  listSchema,
  versionSchema,
  wordsSchema,
  yearSchema,
} from "@/lib/kernel/wire";
import { PROJECT_ACTIONS, PROJECT_STATUSES } from "./types";

const someFen = fenInputSchema.refine((fen) => fen !== "0", { error: "required" });
const said = (max: number) => wordsSchema(max).min(1, { error: "required" });
const person = z.object({ id: z.string(), nameZh: z.string(), nameEn: z.string() });
const step = { at: z.string(), by: person };
const idSchema = z.string().regex(/^[1-9]\d{0,17}$/);

export const projectSchema = z.object({
  id: z.string(),
  version: z.int(),
  organisation: z.string(),
  fiscalYear: z.int(),
  number: z.string().nullable(),
  name: z.string(),
  fundSource: z.string(),
  programmes: z.array(z.string()).meta({
    description: "Of which its spending is; empty = of every one that is not contributory",
  }),
  purpose: z.string().nullable(),
  status: z.enum(PROJECT_STATUSES),
  declaredFen: fenTextSchema.nullable().meta({ description: "Null: the publication did not say" }),
  declaredOn: z.string().nullable(),
  declared: z.object(step),
  approval: z
    .object({
      ...step,
      amountFen: fenTextSchema.nullable(),
      document: z.string().nullable(),
      on: z.string().nullable(),
    })
    .nullable(),
  closed: z.object({ ...step, note: z.string().nullable() }).nullable(),
  voided: z.object({ ...step, reason: z.string() }).nullable(),
  origin: z.enum(ORIGINS),
  sourceRef: z.string().nullable(),
  sourceCitation: z.string().nullable(),
  allotments: z.int(),
  balance: balanceSumsSchema.meta({
    description:
      "Received: the allotments that name it. Spent: what its organisation spent in its year from its source on its programmes, as GET /figures has it",
  }),
  actions: z.array(z.enum(PROJECT_ACTIONS)),
});

export const projectsQuerySchema = z.strictObject({
  year: yearSchema.optional(),
  org: codeSchema.optional(),
  organisation: codeSchema.optional(),
  fundSource: codeSchema.optional(),
  status: listSchema(z.enum(PROJECT_STATUSES)).optional(),
  cursor: idSchema.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(100),
});

export const projectInputSchema = z.strictObject({
  organisation: codeSchema,
  fiscalYear: z.int().min(2000).max(2100),
  number: wordsSchema(60).nullable().optional(),
  name: said(100),
  fundSource: codeSchema,
  programmes: z.array(codeSchema).max(60).default([]),
  purpose: wordsSchema(500).nullable().optional(),
  declaredFen: someFen,
  declaredOn: civilDateSchema.nullable().optional(),
});
export type ProjectInput = z.infer<typeof projectInputSchema>;

export const approveProjectInputSchema = z.strictObject({
  version: versionSchema,
  approvedFen: someFen,
  documentNumber: said(100),
  approvedOn: civilDateSchema.nullable().optional(),
});
export type ApproveProjectInput = z.infer<typeof approveProjectInputSchema>;

export const closeProjectInputSchema = z.strictObject({
  version: versionSchema,
  note: wordsSchema(500).nullable().optional(),
});
export type CloseProjectInput = z.infer<typeof closeProjectInputSchema>;

export const voidProjectInputSchema = z.strictObject({
  version: versionSchema,
  reason: said(500),
});
export type VoidProjectInput = z.infer<typeof voidProjectInputSchema>;

const tag = "allotments";
const params = z.strictObject({ id: idSchema });

export const listProjectsContract = contract({
  id: "listProjects",
  method: "GET",
  path: "/projects",
  tag,
  rate: "read",
  summary:
    "Projects, one line each: declared, approved, received, spent, left. Newest first; org means the subtree, organisation exactly one",
  query: projectsQuerySchema,
  response: z.object({
    items: z.array(projectSchema),
    nextCursor: z.string().nullable(),
    totals: z
      .object({
        declaredFen: fenTextSchema.nullable(),
        approvedFen: fenTextSchema.nullable(),
        balance: balanceSumsSchema,
      })
      .meta({ description: "Of this page; voided ones out" }),
    ...standing,
  }),
});

export const createProjectContract = contract({
  id: "createProject",
  method: "POST",
  path: "/projects",
  tag,
  rate: "write",
  status: 201,
  summary:
    "Declare a project: clerks of the organisation, for an open year. No two that stand have some of the same spending (SAME_SPENDING)",
  body: projectInputSchema,
  response: projectSchema,
});

export const approveProjectContract = contract({
  id: "approveProject",
  method: "POST",
  path: "/projects/{id}/approve",
  tag,
  rate: "write",
  summary:
    "Approve a project with its amount and document: provincial staff and reviewers above its organisation, never whoever declared it",
  params,
  body: approveProjectInputSchema,
  response: projectSchema,
});

export const closeProjectContract = contract({
  id: "closeProject",
  method: "POST",
  path: "/projects/{id}/close",
  tag,
  rate: "write",
  summary: "Close an approved project: no more money arrives for it, and its line stays",
  params,
  body: closeProjectInputSchema,
  response: projectSchema,
});

export const voidProjectContract = contract({
  id: "voidProject",
  method: "POST",
  path: "/projects/{id}/void",
  tag,
  rate: "write",
  summary:
    "Void a project with a reason: what is declared by its clerks or from above, what is approved from above, and none for which money arrived (HAS_MONEY)",
  params,
  body: voidProjectInputSchema,
  response: projectSchema,
});

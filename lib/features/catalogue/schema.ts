import { z } from "zod";
import { contract } from "@/lib/kernel/contract";
import {
  civilDateSchema,
  codeSchema,
  fenInputSchema,
  fenTextSchema,
  newCodeSchema,
  versionSchema,
} from "@/lib/kernel/wire";
import { SOURCE_LIMITS, THRESHOLDS } from "@/lib/kernel/record-codes";
import { LEVELS, LIST_NAMES } from "./types";

const nameSchema = z.string().trim().min(1, { error: "required" }).max(60, { error: "tooLong" });
const orderSchema = z
  .int()
  .min(0)
  .max(9999)
  .meta({ description: "The smaller, the earlier in the list" });

const limitSchema = z.strictObject({
  fromYear: z.int().min(2000).max(2099),
  limit: z.enum(SOURCE_LIMITS),
});

const listItemSchema = z.object({
  code: z.string(),
  nameZh: z.string(),
  nameEn: z.string(),
  sortOrder: z.int(),
  earmarked: z
    .boolean()
    .nullable()
    .meta({ description: "Of fund sources; null in the other lists" }),
  limits: z.array(limitSchema).nullable().meta({
    description:
      "Of fund sources: from which year on what follows where more is spent than received (stop: refused, warn: asks for a word, none); before the first, an earmarked source stops; null in the other lists",
  }),
  active: z.boolean(),
  version: z.int(),
});
export type ListItem = z.infer<typeof listItemSchema>;
export const createListItemInputSchema = z.strictObject({
  code: newCodeSchema,
  nameZh: nameSchema,
  nameEn: nameSchema,
  sortOrder: orderSchema.optional(),
  earmarked: z.boolean().optional(),
});
export type CreateListItemInput = z.infer<typeof createListItemInputSchema>;
export const updateListItemInputSchema = z.strictObject({
  version: versionSchema,
  nameZh: nameSchema.optional(),
  nameEn: nameSchema.optional(),
  sortOrder: orderSchema.optional(),
  active: z.boolean().optional(),
  earmarked: z
    .boolean()
    .optional()
    .meta({ description: "Of a fund source that no record names yet" }),
  limit: limitSchema
    .optional()
    .meta({ description: "Of a fund source: the rule from that year on" }),
});
export type UpdateListItemInput = z.infer<typeof updateListItemInputSchema>;

const campaignSchema = z.object({
  code: z.string(),
  nameZh: z.string(),
  nameEn: z.string(),
  organisation: z.string(),
  organisationZh: z.string(),
  organisationEn: z.string(),
  programme: z.string(),
  startsOn: z.string(),
  endsOn: z.string(),
  version: z.int(),
});
export type AdminCampaign = z.infer<typeof campaignSchema>;
const campaignFields = {
  nameZh: nameSchema,
  nameEn: nameSchema,
  /** It serves this organisation and everything below it. */
  organisation: codeSchema,
  programme: codeSchema,
  startsOn: civilDateSchema,
  endsOn: civilDateSchema,
};
export const createCampaignInputSchema = z.strictObject({ code: newCodeSchema, ...campaignFields });
export type CreateCampaignInput = z.infer<typeof createCampaignInputSchema>;
export const updateCampaignInputSchema = z
  .strictObject(campaignFields)
  .partial()
  .extend({ version: versionSchema });
export type UpdateCampaignInput = z.infer<typeof updateCampaignInputSchema>;

const ruleSchema = z.object({
  id: z.string(),
  /** Null: everywhere no nearer rule of the step says otherwise. */
  organisation: z.string().nullable(),
  organisationZh: z.string().nullable(),
  organisationEn: z.string().nullable(),
  step: z.int(),
  minAmountFen: fenTextSchema,
  level: z.enum(LEVELS),
  active: z.boolean(),
  version: z.int(),
});
export type ApprovalRule = z.infer<typeof ruleSchema>;
export const createRuleInputSchema = z.strictObject({
  organisation: codeSchema.nullable(),
  step: z.int().min(1).max(3),
  minAmountFen: fenInputSchema,
  level: z.enum(LEVELS),
});
export type CreateRuleInput = z.infer<typeof createRuleInputSchema>;
export const updateRuleInputSchema = z.strictObject({
  version: versionSchema,
  minAmountFen: fenInputSchema.optional(),
  level: z.enum(LEVELS).optional(),
  active: z.boolean().optional(),
});
export type UpdateRuleInput = z.infer<typeof updateRuleInputSchema>;

const thresholdSchema = z.object({
  id: z.string(),
  threshold: z.enum(THRESHOLDS),
  /** Null: in every year no nearer value says otherwise. */
  year: z.int().nullable(),
  organisation: z.string().nullable(),
  organisationZh: z.string().nullable(),
  organisationEn: z.string().nullable(),
  /** Null: for every programme that has none of its own. */
  programme: z.string().nullable(),
  /** Times and spreads in tenths, days, records, percent or fen: as the threshold has it. */
  value: fenTextSchema,
  active: z.boolean(),
  version: z.int(),
});
export type FindingThreshold = z.infer<typeof thresholdSchema>;
export const createThresholdInputSchema = z.strictObject({
  threshold: z.enum(THRESHOLDS),
  year: z.int().min(2000).max(2100).nullable(),
  organisation: codeSchema.nullable(),
  programme: codeSchema.nullable().optional(),
  value: fenInputSchema,
});
export type CreateThresholdInput = z.infer<typeof createThresholdInputSchema>;
export const updateThresholdInputSchema = z.strictObject({
  version: versionSchema,
  value: fenInputSchema.optional(),
  active: z.boolean().optional(),
});
export type UpdateThresholdInput = z.infer<typeof updateThresholdInputSchema>;

const tag = "admin";
const listParams = z.strictObject({ list: z.enum(LIST_NAMES) });
const itemParams = listParams.extend({ code: codeSchema });
const ruleParams = z.strictObject({ id: z.string().regex(/^[1-9]\d{0,8}$/) });

export const listItemsContract = contract({
  id: "listReferenceItems",
  method: "GET",
  path: "/admin/lists/{list}",
  tag,
  rate: "read",
  summary: "Aid categories, fund sources or recipient kinds with their versions, in their order",
  params: listParams,
  response: z.object({ items: z.array(listItemSchema) }),
});
export const createListItemContract = contract({
  id: "createReferenceItem",
  method: "POST",
  path: "/admin/lists/{list}",
  tag,
  rate: "write",
  status: 201,
  summary: "Add to a list; a code never changes afterwards",
  params: listParams,
  body: createListItemInputSchema,
  response: listItemSchema,
});
export const updateListItemContract = contract({
  id: "updateReferenceItem",
  method: "PATCH",
  path: "/admin/lists/{list}/{code}",
  tag,
  rate: "write",
  summary: "Rename, order or take out of use; records that name it stay as they are",
  params: itemParams,
  body: updateListItemInputSchema,
  response: listItemSchema,
});
export const listCampaignsContract = contract({
  id: "listCampaigns",
  method: "GET",
  path: "/admin/campaigns",
  tag,
  rate: "read",
  summary: "Campaigns with their versions, the latest first",
  response: z.object({ items: z.array(campaignSchema) }),
});
export const createCampaignContract = contract({
  id: "createCampaign",
  method: "POST",
  path: "/admin/campaigns",
  tag,
  rate: "write",
  status: 201,
  summary: "Add a campaign; its days may lie in several years",
  body: createCampaignInputSchema,
  response: campaignSchema,
});
export const updateCampaignContract = contract({
  id: "updateCampaign",
  method: "PATCH",
  path: "/admin/campaigns/{code}",
  tag,
  rate: "write",
  summary:
    "Rename a campaign or move its days; programme and organisation only while no record names it",
  params: z.strictObject({ code: codeSchema }),
  body: updateCampaignInputSchema,
  response: campaignSchema,
});
export const listRulesContract = contract({
  id: "listApprovalRules",
  method: "GET",
  path: "/admin/approval-rules",
  tag,
  rate: "read",
  summary: "How many approvals a record needs, and from which level, by place and amount",
  response: z.object({ items: z.array(ruleSchema) }),
});
export const createRuleContract = contract({
  id: "createApprovalRule",
  method: "POST",
  path: "/admin/approval-rules",
  tag,
  rate: "write",
  status: 201,
  summary: "Add an approval rule; of each step, the rule of the nearest organisation holds",
  body: createRuleInputSchema,
  response: ruleSchema,
});
export const updateRuleContract = contract({
  id: "updateApprovalRule",
  method: "PATCH",
  path: "/admin/approval-rules/{id}",
  tag,
  rate: "write",
  summary: "Change the amount or level of an approval rule, or take it out of use",
  params: ruleParams,
  body: updateRuleInputSchema,
  response: ruleSchema,
});
export const listThresholdsContract = contract({
  id: "listFindingThresholds",
  method: "GET",
  path: "/admin/thresholds",
  tag,
  rate: "read",
  summary:
    "From where on the checks ask, and the standards they hold records against, by programme, place and year",
  response: z.object({ items: z.array(thresholdSchema) }),
});
export const createThresholdContract = contract({
  id: "createFindingThreshold",
  method: "POST",
  path: "/admin/thresholds",
  tag,
  rate: "write",
  status: 201,
  summary:
    "Add a threshold; the programme's own holds, there the nearest organisation's, and there the one of the year",
  body: createThresholdInputSchema,
  response: thresholdSchema,
});
export const updateThresholdContract = contract({
  id: "updateFindingThreshold",
  method: "PATCH",
  path: "/admin/thresholds/{id}",
  tag,
  rate: "write",
  summary: "Change the value of a threshold, or take one of a year, place or programme out of use",
  params: ruleParams,
  body: updateThresholdInputSchema,
  response: thresholdSchema,
});

import { z } from "zod";
import { contract } from "@/lib/kernel/contract";
import { codeSchema, newCodeSchema, versionSchema } from "@/lib/kernel/wire";
import { MOST_HEADINGS } from "./rules";

const lineSchema = z
  .string()
  .trim()
  .min(1, { error: "required" })
  .max(60, { error: "tooLong" })
  .regex(/^[^\p{Cc}\p{Zl}\p{Zp}]*$/u, { error: "oneLine" });
const headingsSchema = z
  .array(lineSchema)
  .min(1, { error: "required" })
  .max(MOST_HEADINGS, { error: "tooMany" })
  .meta({
    description:
      "The heads of the table in their order. What a head is called says what stands under it, as in a file that is read; a head that is not known has an empty column",
  });

const mapSchema = z.object({
  code: z.string(),
  nameZh: z.string(),
  nameEn: z.string(),
  headings: z.array(z.string()),
  active: z.boolean(),
  version: z.int(),
});
export type ExportMap = z.infer<typeof mapSchema>;
/** As it is chosen from. */
export type NamedMap = Pick<ExportMap, "code" | "nameZh" | "nameEn">;

const createMapInputSchema = z.strictObject({
  code: newCodeSchema,
  nameZh: lineSchema,
  nameEn: lineSchema,
  headings: headingsSchema,
});
export type CreateMapInput = z.infer<typeof createMapInputSchema>;
const updateMapInputSchema = z.strictObject({
  version: versionSchema,
  nameZh: lineSchema.optional(),
  nameEn: lineSchema.optional(),
  headings: headingsSchema.optional(),
  active: z.boolean().optional(),
});
export type UpdateMapInput = z.infer<typeof updateMapInputSchema>;

const tag = "admin";

export const listMapsContract = contract({
  id: "listExportMaps",
  method: "GET",
  path: "/admin/maps",
  tag,
  rate: "read",
  summary: "The tables of others in which the ledger can be handed out (GET /exports/ledger?map=)",
  response: z.object({ items: z.array(mapSchema) }),
});
export const createMapContract = contract({
  id: "createExportMap",
  method: "POST",
  path: "/admin/maps",
  tag,
  rate: "write",
  status: 201,
  summary: "Add such a table by its heads",
  body: createMapInputSchema,
  response: mapSchema,
});
export const updateMapContract = contract({
  id: "updateExportMap",
  method: "PATCH",
  path: "/admin/maps/{code}",
  tag,
  rate: "write",
  summary: "Change the name or the heads of such a table, or take it out of use",
  params: z.strictObject({ code: codeSchema }),
  body: updateMapInputSchema,
  response: mapSchema,
});

import type { z } from "zod";
import { callApi, type NewWrite, type Write } from "@/lib/browser/api-client";
import type {
  createAllotmentContract,
  voidAllotmentContract,
  allotmentInputSchema,
  carryOverContract,
  CarryOverInput,
  passDownContract,
  PassDownInput,
  VoidAllotmentInput,
} from "./schema";

export const createAllotment = (write: NewWrite<z.input<typeof allotmentInputSchema>>) =>
  callApi<typeof createAllotmentContract>("POST /allotments", write);

export const voidAllotment = ({ id, ...write }: Write<VoidAllotmentInput>) =>
  callApi<typeof voidAllotmentContract>("POST /allotments/{id}/void", { params: { id }, ...write });

export const passDownAllotment = ({ id, ...write }: Write<PassDownInput>) =>
  callApi<typeof passDownContract>("POST /allotments/{id}/pass-down", { params: { id }, ...write });

export const carryOverAllotment = ({ id, ...write }: Write<CarryOverInput>) =>
  callApi<typeof carryOverContract>("POST /allotments/{id}/carry-over", {
    params: { id },
    ...write,
  });

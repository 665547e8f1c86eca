import type { z } from "zod";
import { callApi, type NewWrite, type Write } from "@/lib/browser/api-client";
import {
  createAllotmentContract,
  voidAllotmentContract,
  type allotmentInputSchema,
  type VoidAllotmentInput,
} from "./schema";

export const createAllotment = (write: NewWrite<z.input<typeof allotmentInputSchema>>) =>
  callApi(createAllotmentContract, write);

export const voidAllotment = ({ id, ...write }: Write<VoidAllotmentInput>) =>
  callApi(voidAllotmentContract, { params: { id }, ...write });

import type { z } from "zod";
import { callApi } from "@/lib/browser/api-client";
import {
  createAllotmentContract,
  voidAllotmentContract,
  type allotmentInputSchema,
  type VoidAllotmentInput,
} from "./schema";
import type { Allotment } from "./types";

/** `idempotencyKey`: one per intent, the same for every retry of it. */
export function createAllotment(write: {
  body: z.input<typeof allotmentInputSchema>;
  idempotencyKey: string;
}): Promise<Allotment> {
  return callApi(createAllotmentContract, write);
}

export function voidAllotment({
  id,
  ...write
}: {
  id: string;
  body: VoidAllotmentInput;
  idempotencyKey: string;
}): Promise<Allotment> {
  return callApi(voidAllotmentContract, { params: { id }, ...write });
}

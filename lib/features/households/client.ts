import type { z } from "zod";
import { callApi, type NewWrite, type Write } from "@/lib/browser/api-client";
import type {
  addHouseholdEventContract,
  createHouseholdContract,
  createHouseholdInputSchema,
  findHouseholdsContract,
  getHouseholdContract,
  householdAidContract,
  householdsQuerySchema,
  listHouseholdsContract,
  revealHouseholdContract,
  rosterFilesContract,
  updateHouseholdContract,
  updateHouseholdInputSchema,
} from "./schema";
import type { EventInput, FindHouseholdsInput, RevealInput } from "./types";

export const listHouseholds = (query: z.input<typeof householdsQuerySchema>, signal: AbortSignal) =>
  callApi<typeof listHouseholdsContract>("GET /households", { query, signal });

export const findHouseholds = (body: FindHouseholdsInput) =>
  callApi<typeof findHouseholdsContract>("POST /households/find", { body });

export const getHousehold = (id: string, signal: AbortSignal) =>
  callApi<typeof getHouseholdContract>("GET /households/{id}", { params: { id }, signal });

export const getHouseholdAid = (id: string, signal: AbortSignal) =>
  callApi<typeof householdAidContract>("GET /households/{id}/aid", { params: { id }, signal });

export const getRosterFiles = (id: string, signal: AbortSignal) =>
  callApi<typeof rosterFilesContract>("GET /disbursements/{id}/roster/households", {
    params: { id },
    signal,
  });

export const createHousehold = (write: NewWrite<z.input<typeof createHouseholdInputSchema>>) =>
  callApi<typeof createHouseholdContract>("POST /households", write);

export const updateHousehold = ({
  id,
  ...write
}: Write<z.input<typeof updateHouseholdInputSchema>>) =>
  callApi<typeof updateHouseholdContract>("PATCH /households/{id}", { params: { id }, ...write });

export const addHouseholdEvent = ({ id, ...write }: Write<EventInput>) =>
  callApi<typeof addHouseholdEventContract>("POST /households/{id}/events", {
    params: { id },
    ...write,
  });

export const revealHousehold = ({ id, ...write }: Write<RevealInput>) =>
  callApi<typeof revealHouseholdContract>("POST /households/{id}/reveal", {
    params: { id },
    ...write,
  });

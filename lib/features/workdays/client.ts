import { callApi, type Write } from "@/lib/browser/api-client";
import type { PutWorkdaysInput, putWorkdaysContract } from "./schema";

export const putWorkdays = ({ id: year, ...write }: Write<PutWorkdaysInput>) =>
  callApi<typeof putWorkdaysContract>("PUT /admin/workdays/{year}", { params: { year }, ...write });

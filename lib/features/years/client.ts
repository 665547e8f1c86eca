import { callApi, type NewWrite, type Write } from "@/lib/browser/api-client";
import type { CloseYearInput, closeYearContract, OpenYearInput, openYearContract } from "./schema";

export const openYear = (write: NewWrite<OpenYearInput>) =>
  callApi<typeof openYearContract>("POST /years", write);

export const closeYear = ({ id: year, ...write }: Write<CloseYearInput>) =>
  callApi<typeof closeYearContract>("POST /years/{year}/close", { params: { year }, ...write });

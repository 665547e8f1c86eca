import { callApi, type NewWrite, type Write } from "@/lib/browser/api-client";
import type {
  CloseYearInput,
  closeYearContract,
  confirmReopeningContract,
  declineReopeningContract,
  OpenYearInput,
  openYearContract,
  ReopenYearInput,
  reopenYearContract,
} from "./schema";

export const openYear = (write: NewWrite<OpenYearInput>) =>
  callApi<typeof openYearContract>("POST /years", write);

export const closeYear = ({ id: year, ...write }: Write<CloseYearInput>) =>
  callApi<typeof closeYearContract>("POST /years/{year}/close", { params: { year }, ...write });

export const reopenYear = ({ id: year, ...write }: Write<ReopenYearInput>) =>
  callApi<typeof reopenYearContract>("POST /years/{year}/reopen", { params: { year }, ...write });

type Nothing = Record<string, never>;

/** `id` is "year/number". */
const paramsOf = (id: string) => {
  const [year = "", number = ""] = id.split("/");
  return { year, id: number };
};

export const confirmReopening = ({ id, ...write }: Write<Nothing>) =>
  callApi<typeof confirmReopeningContract>("POST /years/{year}/reopenings/{id}/confirm", {
    params: paramsOf(id),
    ...write,
  });

export const declineReopening = ({ id, ...write }: Write<Nothing>) =>
  callApi<typeof declineReopeningContract>("POST /years/{year}/reopenings/{id}/decline", {
    params: paramsOf(id),
    ...write,
  });

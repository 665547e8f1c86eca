import type { FigureFilter } from "@/lib/features/filter/types";
import { callApi, type NewWrite, type Write } from "@/lib/browser/api-client";
import type {
  closeNoticeContract,
  CloseNoticeInput,
  getPapersContract,
  makeReceiptsContract,
  makeSheetContract,
  makeSheetsContract,
  postNoticeContract,
  PostNoticeInput,
  ReceiptsInput,
  sayContract,
  SayInput,
} from "./schema";

export const getPapers = (id: string, signal: AbortSignal) =>
  callApi<typeof getPapersContract>("GET /disbursements/{id}/papers", { params: { id }, signal });

export const makeSheet = ({ id, ...write }: Write<Record<string, never>>) =>
  callApi<typeof makeSheetContract>("POST /disbursements/{id}/sign-sheets", {
    params: { id },
    ...write,
  });

export const makeSheets = ({
  filter,
  ...write
}: NewWrite<Record<string, never>> & { filter: FigureFilter }) =>
  callApi<typeof makeSheetsContract>("POST /sign-sheets", { query: filter, ...write });

export const makeReceipts = ({ id, ...write }: Write<ReceiptsInput>) =>
  callApi<typeof makeReceiptsContract>("POST /disbursements/{id}/receipts", {
    params: { id },
    ...write,
  });

export const postNotice = ({ id, ...write }: Write<PostNoticeInput>) =>
  callApi<typeof postNoticeContract>("POST /disbursements/{id}/public-notices", {
    params: { id },
    ...write,
  });

export const sayOfNotice = ({ id, ...write }: Write<SayInput>) =>
  callApi<typeof sayContract>("POST /public-notices/{id}/words", { params: { id }, ...write });

export const closeNotice = ({ id, ...write }: Write<CloseNoticeInput>) =>
  callApi<typeof closeNoticeContract>("POST /public-notices/{id}/close", {
    params: { id },
    ...write,
  });

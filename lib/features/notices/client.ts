import { callApi, type NewWrite } from "@/lib/browser/api-client";
import type { ReadNoticesInput, readNoticesContract } from "./schema";

export const readNotices = (write: NewWrite<ReadNoticesInput>) =>
  callApi<typeof readNoticesContract>("POST /notices/read", write);

import "server-only";
import { readPage } from "@/lib/platform/session";
import { listAdminRequests } from "./queries";
import type { AdminRequest } from "./schema";

export const loadAdminRequests = (): Promise<{ items: AdminRequest[] }> =>
  readPage(listAdminRequests);

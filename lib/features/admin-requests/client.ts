import { callApi, type NewWrite, type Write } from "@/lib/browser/api-client";
import type {
  confirmAdminRequestContract,
  createAdminRequestContract,
  CreateAdminRequestInput,
  declineAdminRequestContract,
} from "./schema";

type Nothing = Record<string, never>;

export const createAdminRequest = (write: NewWrite<CreateAdminRequestInput>) =>
  callApi<typeof createAdminRequestContract>("POST /admin/requests", write);

export const confirmAdminRequest = ({ id, ...write }: Write<Nothing>) =>
  callApi<typeof confirmAdminRequestContract>("POST /admin/requests/{id}/confirm", {
    params: { id },
    ...write,
  });

export const declineAdminRequest = ({ id, ...write }: Write<Nothing>) =>
  callApi<typeof declineAdminRequestContract>("POST /admin/requests/{id}/decline", {
    params: { id },
    ...write,
  });

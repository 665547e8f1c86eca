import { callApi, type NewWrite } from "@/lib/browser/api-client";
import type { changePasswordContract, PasswordInput } from "./schema";

export const changePassword = (write: NewWrite<PasswordInput>) =>
  callApi<typeof changePasswordContract>("POST /me/password", write);

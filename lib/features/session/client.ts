import { callApi, type NewWrite } from "@/lib/browser/api-client";
import { changePasswordContract, type PasswordInput } from "./schema";

export const changePassword = (write: NewWrite<PasswordInput>) =>
  callApi(changePasswordContract, write);

import { callApi, type Write } from "@/lib/browser/api-client";
import type { updateFactorRuleContract, UpdateFactorRuleInput } from "./schema";

type Role = "REVIEWER" | "PROVINCE" | "AUDITOR" | "ADMIN";

export const updateFactorRule = ({ id, ...write }: Write<UpdateFactorRuleInput>) =>
  callApi<typeof updateFactorRuleContract>("PATCH /admin/factor-rules/{role}", {
    params: { role: id as Role },
    ...write,
  });

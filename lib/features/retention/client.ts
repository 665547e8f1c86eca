import { callApi, type Write } from "@/lib/browser/api-client";
import type { RetentionKind } from "./labels";
import type { updateRetentionRuleContract } from "./schema";
import type { UpdateRetentionRuleInput } from "./types";

export const updateRetentionRule = ({ id, ...write }: Write<UpdateRetentionRuleInput>) =>
  callApi<typeof updateRetentionRuleContract>("PATCH /admin/retention-rules/{kind}", {
    params: { kind: id as RetentionKind },
    ...write,
  });

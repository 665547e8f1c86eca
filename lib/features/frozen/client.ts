import { callApi, type Write } from "@/lib/browser/api-client";
import type { freezeViewContract } from "./schema";

export const freezeView = ({ id, ...write }: Write<{ version: number }>) =>
  callApi<typeof freezeViewContract>("POST /views/{id}/freeze", { params: { id }, ...write });

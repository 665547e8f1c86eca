import "server-only";
import { readPage } from "@/lib/platform/session";
import { listFactorRules } from "./queries";
import type { FactorRule } from "./schema";

export const loadFactorRules = (): Promise<{ items: FactorRule[] }> => readPage(listFactorRules);

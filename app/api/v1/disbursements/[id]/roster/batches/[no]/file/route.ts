import { getBatchFile } from "@/lib/features/payments/queries";
import { batchFileContract } from "@/lib/features/payments/schema";
import { defineRoute, fileAnswer } from "@/lib/platform/route";

export const GET = defineRoute(batchFileContract, async (input) =>
  fileAnswer(await getBatchFile(input)),
);

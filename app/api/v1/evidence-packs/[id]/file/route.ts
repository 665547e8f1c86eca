import { getEvidencePackFile } from "@/lib/features/evidence-packs/queries";
import { downloadEvidencePackContract } from "@/lib/features/evidence-packs/schema";
import { defineRoute, fileAnswer } from "@/lib/platform/route";

export const GET = defineRoute(downloadEvidencePackContract, async ({ db, scope, actor, params }) =>
  fileAnswer(await getEvidencePackFile({ db, scope, actor, id: params.id })),
);

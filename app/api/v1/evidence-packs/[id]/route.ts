import { getEvidencePack } from "@/lib/features/evidence-packs/queries";
import { getEvidencePackContract } from "@/lib/features/evidence-packs/schema";
import { defineRoute } from "@/lib/platform/route";

export const GET = defineRoute(getEvidencePackContract, ({ db, scope, actor, params }) =>
  getEvidencePack({ db, scope, actor, id: params.id }),
);

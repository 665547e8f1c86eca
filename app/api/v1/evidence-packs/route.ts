import { askEvidencePack } from "@/lib/features/evidence-packs/commands";
import { listEvidencePacks } from "@/lib/features/evidence-packs/queries";
import {
  askEvidencePackContract,
  listEvidencePacksContract,
} from "@/lib/features/evidence-packs/schema";
import { defineRoute } from "@/lib/platform/route";

export const GET = defineRoute(listEvidencePacksContract, listEvidencePacks);

export const POST = defineRoute(askEvidencePackContract, ({ tx, db, scope, actor, body }) =>
  askEvidencePack({ tx, db, scope, actor, input: body }),
);

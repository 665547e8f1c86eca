import { narrativeText } from "@/lib/features/narratives/present";
import { getNarrative } from "@/lib/features/narratives/queries";
import { narrativeContract } from "@/lib/features/narratives/schema";
import { defineRoute } from "@/lib/platform/route";

export const GET = defineRoute(narrativeContract, async ({ db, scope, query }) => {
  const { narrative } = await getNarrative({ db, scope, query });
  const { asOf, seq } = narrative;
  return { ...narrativeText(narrative), asOf, seq };
});

import { answerOf } from "@/lib/features/narrative-texts/present";
import { findText, getSavedText } from "@/lib/features/narrative-texts/queries";
import { getTextContract } from "@/lib/features/narrative-texts/schema";
import { found } from "@/lib/kernel/app-error";
import { defineRoute } from "@/lib/platform/route";

export const GET = defineRoute(getTextContract, async ({ db, scope, params }) => {
  const text = found(await findText({ db, scope, id: params.id }));
  return answerOf(await getSavedText({ db, scope, text }));
});

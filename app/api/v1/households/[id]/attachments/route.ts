import { addPaper, receivePaper } from "@/lib/features/attachments/commands";
import { listAttachments } from "@/lib/features/attachments/queries";
import { addPaperContract, listPapersContract } from "@/lib/features/attachments/schema";
import { defineRoute } from "@/lib/platform/route";

export const GET = defineRoute(listPapersContract, ({ db, scope, actor, params }) =>
  listAttachments({ db, scope, actor, of: "household", id: params.id }),
);

export const POST = defineRoute(addPaperContract, receivePaper, addPaper);

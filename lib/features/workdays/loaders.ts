import "server-only";
import { requireKeeper } from "@/lib/features/catalogue/policy";
import { readPage } from "@/lib/platform/session";
import { listWorkdays } from "./queries";

export const loadWorkdays = () =>
  readPage(({ db, actor }) => {
    requireKeeper(actor);
    return listWorkdays(db);
  });

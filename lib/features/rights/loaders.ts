import "server-only";
import { getPageReference } from "@/lib/features/reference/queries";
import { civilDateInChina } from "@/lib/kernel/fiscal-year";
import type { SearchParams } from "@/lib/kernel/search";
import { readPage } from "@/lib/platform/session";
import { RIGHTS_KINDS } from "./labels";
import { mayAskRights } from "./policy";
import { listRights } from "./queries";
import type { RightsView } from "./types";

const text = (value: string | string[] | undefined) =>
  typeof value === "string" && value.length <= 40 ? value : null;

export const loadRights = (search: SearchParams): Promise<RightsView> =>
  readPage(async ({ db, scope, actor }) => {
    const { items } = await listRights({ db, scope, actor });
    const named = items.map(({ organisation }) => organisation);
    const reference = await getPageReference({ db, scope, actor, entering: true, named });
    return {
      items,
      reference,
      places: reference.organisations.filter(
        ({ path, active }) => active && mayAskRights(actor, path),
      ),
      asked: {
        kind: RIGHTS_KINDS.find((kind) => kind === search["kind"]) ?? null,
        organisation: text(search["organisation"]),
        file: text(search["file"]),
        record: text(search["record"]),
      },
      today: civilDateInChina(new Date()),
    };
  });

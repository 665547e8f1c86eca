import "server-only";
import { requireKeeper } from "@/lib/features/catalogue/policy";
import { readPage } from "@/lib/platform/session";
import { listMaps } from "./queries";
import type { NamedMap } from "./schema";

export const loadMaps = () =>
  readPage(({ db, actor }) => {
    requireKeeper(actor);
    return listMaps(db);
  });

/** Those in use, for whoever exports. */
export const loadMapNames = (): Promise<NamedMap[]> =>
  readPage(async ({ db }) =>
    (await listMaps(db))
      .filter(({ active }) => active)
      .map(({ code, nameZh, nameEn }) => ({ code, nameZh, nameEn })),
  );

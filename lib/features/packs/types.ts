import type { Changes } from "@/lib/features/changes/schema";
import type { Organisation, PageReference } from "@/lib/features/reference/types";
import type { Pack, PacksPage } from "./schema";

export type PackStatus = Pack["status"];

export type PacksView = {
  page: PacksPage;
  /** What has moved since the newest pack that is whole; null where there is none. */
  since: { pack: string; changes: Changes } | null;
  reference: PageReference;
  places: Organisation[];
  root: Organisation;
  year: number;
  paged: boolean;
  ignored: string[];
};

import "server-only";
import { getPageReference } from "@/lib/features/reference/queries";
import type { PageReference } from "@/lib/features/reference/types";
import { readPage } from "@/lib/platform/session";
import { listExpectations } from "./queries";
import type { Expectation } from "./schema";

type ExpectationsView = { expectations: Expectation[]; reference: PageReference };

export function loadExpectations(): Promise<ExpectationsView> {
  return readPage(async ({ db, scope, actor }) => ({
    expectations: await listExpectations({ db, actor }),
    reference: await getPageReference({ db, scope, actor, named: [] }),
  }));
}

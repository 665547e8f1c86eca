import "server-only";
import { cache } from "react";
import { readPage } from "@/lib/platform/session";
import { getReference } from "./queries";
import type { Reference } from "./types";

/** For layouts and pages that need nothing else; cached for the length of one request. */
export const loadReference = cache((): Promise<Reference> =>
  readPage(({ db }) => getReference({ db })),
);

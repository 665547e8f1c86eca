import "server-only";
import { readPage } from "@/lib/platform/session";
import { listViews } from "./queries";
import type { ViewPage } from "./types";

/** What stands in the page's list of views. */
export const loadViews = (page: ViewPage) => readPage((reader) => listViews({ ...reader, page }));

import type { z } from "zod";
import type { evidencePackSchema, evidencePacksPageSchema } from "./schema";

export type EvidencePack = z.infer<typeof evidencePackSchema>;
export type EvidencePacksPage = z.infer<typeof evidencePacksPageSchema>;

/** The page's part: null to whoever packs no evidence here. */
export type EvidencePacksView = { year: number; org: string; page: EvidencePacksPage } | null;

import type { BalanceSums, Standing } from "@/lib/features/figures/types";
import type { Organisation, PageReference } from "@/lib/features/reference/types";
import type { Person } from "@/lib/kernel/actor";
import type { CivilDate } from "@/lib/kernel/fiscal-year";
import type { FenText } from "@/lib/kernel/money";
import type { Origin } from "@/lib/kernel/record-codes";

/** 申报 → 批复 → 结项; 作废 ends a declaration, or what was approved and never paid. */
export const PROJECT_STATUSES = ["declared", "approved", "closed", "voided"] as const;
export type ProjectStatus = (typeof PROJECT_STATUSES)[number];

export const PROJECT_ACTIONS = ["create", "approve", "close", "void"] as const;
export type ProjectAction = (typeof PROJECT_ACTIONS)[number];

type Step = { at: string; by: Person };

/** What was declared and decided, and what became of the money. Received, spent and left are known or not as figures are. */
export type Project = {
  id: string;
  version: number;
  organisation: string;
  fiscalYear: number;
  number: string | null;
  name: string;
  fundSource: string;
  /** Empty: whatever its organisation spends from its source, mutual aid apart. */
  programmes: string[];
  purpose: string | null;
  status: ProjectStatus;
  /** Null: whoever published it did not say. */
  declaredFen: FenText | null;
  declaredOn: CivilDate | null;
  declared: Step;
  approval:
    (Step & { amountFen: FenText | null; document: string | null; on: CivilDate | null }) | null;
  closed: (Step & { note: string | null }) | null;
  voided: (Step & { reason: string }) | null;
  origin: Origin;
  sourceRef: string | null;
  sourceCitation: string | null;
  /** How many allotments that stand name it, what was given on of them among them. */
  allotments: number;
  balance: BalanceSums;
  /** What the reader may do now. */
  actions: ProjectAction[];
};

export type ProjectPage = {
  items: Project[];
  nextCursor: string | null;
  /** Of this page. What was voided, and what is unknown, adds nothing. */
  totals: { declaredFen: FenText | null; approvedFen: FenText | null; balance: BalanceSums };
} & Standing;

export type ProjectsView = {
  reference: PageReference;
  places: Organisation[];
  root: Organisation;
  filter: {
    year: number;
    org: string;
    status?: ProjectStatus[] | undefined;
    fundSource?: string | undefined;
  };
  cursor: string | undefined;
  ignored: string[];
  page: ProjectPage;
  /** For which the reader declares: those of a clerk, as far as they are listed. */
  declarable: Organisation[];
  /** Provincial staff, who record what arrives. */
  canReceive: boolean;
};

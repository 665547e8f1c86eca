import type { Contract } from "@/lib/kernel/contract";
import * as admin from "@/lib/features/admin/schema";
import * as adminRequests from "@/lib/features/admin-requests/schema";
import * as allotments from "@/lib/features/allotments/schema";
import * as audit from "@/lib/features/audit/schema";
import * as calendar from "@/lib/features/calendar/schema";
import * as catalogue from "@/lib/features/catalogue/schema";
import * as compare from "@/lib/features/compare/schema";
import * as cross from "@/lib/features/cross/schema";
import * as dashboard from "@/lib/features/dashboard/schema";
import * as changes from "@/lib/features/changes/schema";
import * as disbursements from "@/lib/features/disbursements/schema";
import * as exportMaps from "@/lib/features/export-maps/schema";
import * as factorRules from "@/lib/features/factor-rules/schema";
import * as figures from "@/lib/features/figures/schema";
import * as files from "@/lib/features/files/schema";
import * as frozen from "@/lib/features/frozen/schema";
import * as health from "@/lib/features/health/schema";
import * as imports from "@/lib/features/imports/schema";
import * as householdLists from "@/lib/features/household-lists/schema";
import * as households from "@/lib/features/households/schema";
import * as jobs from "@/lib/features/jobs/schema";
import * as layouts from "@/lib/features/layouts/schema";
import * as ledger from "@/lib/features/ledger/schema";
import * as narrativeTexts from "@/lib/features/narrative-texts/schema";
import * as narratives from "@/lib/features/narratives/schema";
import * as notices from "@/lib/features/notices/schema";
import * as packs from "@/lib/features/packs/schema";
import * as papers from "@/lib/features/papers/schema";
import * as payments from "@/lib/features/payments/schema";
import * as projects from "@/lib/features/projects/schema";
import * as reference from "@/lib/features/reference/schema";
import * as retention from "@/lib/features/retention/schema";
import * as reveals from "@/lib/features/reveals/schema";
import * as rights from "@/lib/features/rights/schema";
import * as review from "@/lib/features/review/schema";
import * as evidencePacks from "@/lib/features/evidence-packs/schema";
import * as attachments from "@/lib/features/attachments/schema";
import * as rosters from "@/lib/features/rosters/schema";
import * as rows from "@/lib/features/rows/schema";
import * as session from "@/lib/features/session/schema";
import * as steps from "@/lib/features/steps/schema";
import * as summary from "@/lib/features/summary/schema";
import * as views from "@/lib/features/views/schema";
import * as workingCopies from "@/lib/features/working-copies/schema";
import * as workdays from "@/lib/features/workdays/schema";
import * as publications from "@/lib/features/publications/schema";
import * as years from "@/lib/features/years/schema";

function isContract(value: unknown): value is Contract {
  return typeof value === "object" && value !== null && "method" in value && "path" in value;
}

const contractsOf = (module: object): Contract[] => Object.values(module).filter(isContract);

/** Every contract of the API, in the order the help page tells them. */
export const contracts: readonly Contract[] = [
  reference,
  ledger,
  views,
  frozen,
  disbursements,
  rosters,
  workdays,
  papers,
  attachments,
  payments,
  reveals,
  rights,
  retention,
  rows,
  steps,
  review,
  workingCopies,
  imports,
  figures,
  compare,
  cross,
  summary,
  layouts,
  narratives,
  narrativeTexts,
  dashboard,
  files,
  allotments,
  projects,
  calendar,
  changes,
  notices,
  publications,
  years,
  packs,
  evidencePacks,
  session,
  audit,
  admin,
  adminRequests,
  factorRules,
  catalogue,
  exportMaps,
  health,
  householdLists,
  households,
  jobs,
].flatMap(contractsOf);

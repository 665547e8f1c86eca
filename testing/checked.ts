import type { CheckedRecord, FindingContext } from "@/lib/features/checks/types";
import type { DisbursementDetail } from "@/lib/features/disbursements/types";
import { eachText } from "@/lib/kernel/record-fields";

/** A school-aid payment that the rules find nothing in. */
export const checkedRecord: CheckedRecord = {
  id: "1",
  status: "draft",
  entryKind: "original",
  organisation: "630123",
  programme: "golden-autumn",
  aidCategory: "education",
  recipientKind: "needy-worker-children",
  form: "transfer",
  fiscalYear: 2026,
  paidOn: "2026-08-28",
  periodFrom: null,
  periodTo: null,
  month: 8,
  amountFen: "15390000",
  amountKind: "exact",
  counts: { persons: 21 },
  shares: [{ fundSource: "county-union", amountFen: "15390000" }],
  cashFen: null,
  goodsFen: null,
  rate: null,
};

const person = { id: "p", nameZh: "经办", nameEn: "Clerk" };

/** The same as it is read back. */
export const readRecord: DisbursementDetail = {
  ...checkedRecord,
  ...eachText(() => null),
  shares: [...checkedRecord.shares],
  reference: "630123-2026-000001",
  version: 1,
  origin: "entered",
  campaign: null,
  rate: null,
  approvalsNeeded: 1,
  approvalsGiven: 0,
  submittedAt: null,
  approvedAt: null,
  sourceRef: null,
  sourceCitation: null,
  createdBy: person,
  lastEditedBy: person,
  submittedBy: null,
  createdAt: "2026-08-28T00:00:00.000Z",
  updatedAt: "2026-08-28T00:00:00.000Z",
  steps: [],
  findings: [],
  adjustments: [],
  actions: ["edit"],
};

/** What it is compared with. */
export const findingContext: FindingContext = {
  today: "2026-11-20",
  yearOpen: true,
  seasonMonths: [8, 9],
  allowedForms: ["transfer", "cash"],
  mainUnit: "persons",
  earmarked: [],
  thisYearFen: 15_390_000n,
  lastYearFen: 0n,
  duplicates: [],
  months: 1,
  campaign: null,
  thresholds: {
    "per-head-times": 20,
    "per-head-spread": 50,
    "last-year-times": 30,
    "last-year-more": 20_000_000,
    "duplicate-days": 7,
    "round-from": 10_000_000,
    "unit-price-times": 30,
    "other-heading-days": 3,
    "bunched-from": 20,
    "bunched-share": 60,
    "standard-per-head": 0,
    "co-funding-share": 0,
    "evidence-from": 0,
  },
  peers: null,
  unitPrices: null,
  bunched: null,
  otherHeadings: [],
  roster: null,
  evidence: null,
  notice: null,
};

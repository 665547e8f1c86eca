import type { FindingContext } from "@/lib/features/findings/rules";
import type { CheckedRecord } from "@/lib/features/findings/types";

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
  },
  peers: null,
};

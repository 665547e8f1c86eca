import type { OrganisationKind } from "@/lib/kernel/actor";
import type { CountUnit } from "@/lib/kernel/counts";
import type { AidForm } from "@/lib/kernel/record-codes";

/** A coded value with its two names. Codes cross the wire; names are looked up where they are shown. */
export type Coded = { code: string; nameZh: string; nameEn: string };

export type Organisation = Coded & {
  id: number;
  kind: OrganisationKind;
  parentCode: string | null;
  /** The prefecture it belongs to; the province's own code for the province and what hangs under it directly. */
  prefectureCode: string;
  path: string;
  /** Nothing stands below it. */
  leaf: boolean;
  active: boolean;
};

/** How often one person may have aid of a programme: as guard.claim_period_of answers. */
export const CLAIM_PERIODS = ["year", "month", "none"] as const;

export const SEASONS = [
  "spring",
  "summer",
  "autumn",
  "winter",
  "breakfast",
  "assistance",
  "other",
] as const;
export type Season = (typeof SEASONS)[number];

export type Programme = Coded & {
  id: number;
  season: Season;
  /** Contributory programmes (职工医疗互助) never enter relief totals. */
  contributory: boolean;
  /** Months in which it normally runs; empty = all year. */
  seasonMonths: number[];
  mainUnit: CountUnit;
  allowedForms: AidForm[];
  defaultForm: AidForm;
  defaultAidCategory: string;
  defaultRecipientKind: string;
  active: boolean;
};

type Listed = Coded & { id: number; active: boolean };
type FundSource = Listed & { earmarked: boolean };
type Campaign = Coded & {
  id: number;
  programme: string;
  organisation: string;
  startsOn: string;
  endsOn: string;
};
type YearState = { year: number; status: "open" | "closed" };

/** Everything a form or a filter can choose from, in its own order (organisations by code). */
export type Reference = {
  organisations: Organisation[];
  programmes: Programme[];
  aidCategories: Listed[];
  fundSources: FundSource[];
  recipientKinds: Listed[];
  campaigns: Campaign[];
  years: YearState[];
};

/** Up to so many organisations within reach stand in a page; beyond them, a picker asks the server. */
export const LISTED_AT_MOST = 200;

/**
 * For one page: `listed` = every organisation within reach is there. Else only those that the page names,
 * those where the reader works, and what stands above them.
 */
export type PageReference = Reference & { listed: boolean };

/** An organisation to choose, and the one above it. */
export type OrganisationChoice = Coded & {
  active: boolean;
  parent: Pick<Coded, "nameZh" | "nameEn"> | null;
};

/** What a programme fills in where the clerk said nothing. */
export type ProgrammeDefaults = { aidCategory: string; recipientKind: string; form: AidForm };

type Ids = ReadonlyMap<string, number>;

/** The lists whose codes may be out of use beside organisations and programmes. */
type RetirableList = "aidCategories" | "recipientKinds" | "fundSources";

/** The codes that records were asked to name. Maps, because a code may be called `constructor`. */
export type Codes = {
  readonly organisations: ReadonlyMap<string, { id: number; path: string; active: boolean }>;
  readonly programmes: ReadonlyMap<
    string,
    { id: number; active: boolean; defaults: ProgrammeDefaults }
  >;
  /** Each with the path of the organisation whose subtree it is for. */
  readonly campaigns: ReadonlyMap<string, { id: number; programmeId: number; path: string }>;
  readonly aidCategories: Ids;
  readonly recipientKinds: Ids;
  /** In the order in which shares are shown. */
  readonly fundSources: Ids;
  /** Of those three, what is out of use: old records keep it, new ones do not name it. */
  readonly retired: { readonly [list in RetirableList]: ReadonlySet<string> };
  readonly openYears: ReadonlySet<number>;
};

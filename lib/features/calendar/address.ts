import { addressOf } from "@/lib/features/filter/address";
import type { FigureFilter } from "@/lib/features/filter/types";
import type { Status } from "@/lib/kernel/record-codes";
import { isBegun } from "./rules";
import type { ExpectedPeriod, Narrowing } from "./types";

type Asked = Pick<FigureFilter, "year" | "org"> & Narrowing;

export const calendarHref = ({ year, org, programme, state }: Asked): string =>
  addressOf("/calendar", { year, org, programme }, state ? { state: state.join(",") } : {});

/** Where one organisation's periods of a programme stand. */
export const programmeHref = (
  place: { year: number; organisation: string },
  programme: string,
): string => `${calendarHref({ year: place.year, org: place.organisation })}#${programme}`;

type Period = Pick<ExpectedPeriod, "organisation" | "programme" | "periodFrom" | "periodTo">;

const recordsHref = (period: Period, status: Status[]): string =>
  addressOf("/ledger", {
    organisation: period.organisation,
    programme: [period.programme],
    status,
    paidFrom: period.periodFrom,
    paidTo: period.periodTo,
  });

/** Exactly the records that a period counts as submitted and approved, in the ledger. */
export const periodRecordsHref = (period: Period): string =>
  recordsHref(period, ["submitted", "approved"]);

/** A new record, with what is known of it. */
const entryHref = ({ organisation, programme }: Omit<Period, "periodFrom" | "periodTo">) =>
  `/entry?${new URLSearchParams({ organisation, programme }).toString()}`;

/** What is begun of a period goes on where it stands: a second record would pay it twice. */
export const nextHref = (period: Period & Pick<ExpectedPeriod, "draft" | "returned">): string =>
  isBegun(period) ? recordsHref(period, ["draft", "returned"]) : entryHref(period);

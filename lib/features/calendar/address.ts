import { addressOf } from "@/lib/features/filter/address";
import type { FigureFilter } from "@/lib/features/filter/types";
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

/** Exactly the records that a period counts as submitted and approved, in the ledger. */
export const periodRecordsHref = (period: Period): string =>
  addressOf("/ledger", {
    organisation: period.organisation,
    programme: [period.programme],
    status: ["submitted", "approved"],
    paidFrom: period.periodFrom,
    paidTo: period.periodTo,
  });

/** A new record, with what is known of it. */
export const entryHref = ({ organisation, programme }: Omit<Period, "periodFrom" | "periodTo">) =>
  `/entry?${new URLSearchParams({ organisation, programme }).toString()}`;

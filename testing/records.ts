import {
  adjustDisbursement,
  createDisbursement,
  updateDisbursement,
} from "@/lib/features/disbursements/commands";
import { getDisbursement } from "@/lib/features/disbursements/queries";
import type {
  AdjustInput,
  DisbursementFields,
  UpdateInput,
} from "@/lib/features/disbursements/schema";
import type { ReturnInput, SubmitInput, VoidInput } from "@/lib/features/steps/schema";
import { FINDING_RULES } from "@/lib/kernel/record-codes";
import type { DisbursementDetail, StandingDisbursement } from "@/lib/features/disbursements/types";
import {
  approveDisbursement,
  openDisbursement,
  returnDisbursement,
  submitDisbursement,
  voidDisbursement,
  withdrawDisbursement,
} from "@/lib/features/steps/commands";
import { readAs, writeAs, type ReadContext, type WriteContext } from "@/lib/platform/db";
import type { TestPerson } from "./actors";

type Known = Pick<DisbursementDetail, "id" | "version">;

/** A school-aid payment as 湟源 makes it: complete, in season, and without a finding. */
export const sampleFields = {
  programme: "golden-autumn",
  paidOn: "2026-08-28",
  amountFen: "15390000",
  counts: { households: 21 },
  shares: [
    { fundSource: "county-treasury", amountFen: "10000000" },
    { fundSource: "county-union", amountFen: "5390000" },
  ],
} satisfies Omit<DisbursementFields, "organisation">;

export const TEST_NOW = new Date("2026-11-20T02:00:00Z");

/** An answer to every question the checks may ask: for tests that are about something else. */
export const ALL_ANSWERED = FINDING_RULES.map((rule) => ({
  rule,
  answer: "checked-correct" as const,
}));

/** What a person does, as the API would do it for them: `as(clerk).create({ amountFen: "100" })`. */
export function as(person: TestPerson, now: Date = TEST_NOW) {
  const write = <T>(work: (context: WriteContext & { now: Date }) => Promise<T>): Promise<T> =>
    writeAs(person.session, (context) => work({ ...context, now }));
  const read = <T>(work: (context: ReadContext & { now: Date }) => Promise<T>): Promise<T> =>
    readAs(person.session, (context) => work({ ...context, now }));
  return {
    read,
    write,
    get: (id: string) => read((c) => getDisbursement({ ...c, id })),
    create: (fields: Partial<DisbursementFields> = {}) =>
      write((c) =>
        createDisbursement({
          ...c,
          input: { ...sampleFields, organisation: person.organisation, ...fields },
        }),
      ),
    update: ({ id, version }: Known, fields: Omit<UpdateInput, "version">) =>
      write((c) => updateDisbursement({ ...c, id, input: { version, ...fields } })),
    submit: (
      { id, version }: Known,
      answers: SubmitInput["answers"] = ALL_ANSWERED,
      reply?: SubmitInput["reply"],
    ) => write((c) => submitDisbursement({ ...c, id, input: { version, answers, reply } })),
    withdraw: ({ id, version }: Known) =>
      write((c) => withdrawDisbursement({ ...c, id, input: { version } })),
    open: ({ id, version }: Known) =>
      write((c) => openDisbursement({ ...c, id, input: { version } })),
    approve: ({ id, version }: Known) =>
      write((c) => approveDisbursement({ ...c, id, input: { version } })),
    return: ({ id, version }: Known, reason: Partial<ReturnInput> = {}) =>
      write((c) =>
        returnDisbursement({
          ...c,
          id,
          input: { version, reason: "amount-wrong", words: "金额与签领表不符", ...reason },
        }),
      ),
    void: ({ id, version }: Known, reason: Partial<VoidInput> = {}) =>
      write((c) =>
        voidDisbursement({ ...c, id, input: { version, reason: "entered-by-mistake", ...reason } }),
      ),
    adjust: (
      { id, version }: Known,
      replacement: AdjustInput["replacement"],
      reason: Partial<AdjustInput> = {},
    ) =>
      write((c) =>
        adjustDisbursement({
          ...c,
          id,
          input: { version, reason: "amount-wrong", words: "发票重新核对", replacement, ...reason },
        }),
      ),
  };
}

/** A record all the way through: entered and submitted by one, approved by another. */
export async function approvedRecord(
  clerk: TestPerson,
  reviewer: TestPerson,
  fields: Partial<DisbursementFields> = {},
  answers?: SubmitInput["answers"],
): Promise<StandingDisbursement> {
  const draft = await as(clerk).create(fields);
  const submitted = await as(clerk).submit(draft, answers);
  return as(reviewer).approve(submitted);
}

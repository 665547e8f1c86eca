import type { FieldError, FieldErrors } from "@/lib/kernel/app-error";
import { monthsAfter, yearOf, type CivilDate } from "@/lib/kernel/fiscal-year";
import { readIdNumber, type IdNumber } from "@/lib/kernel/id-number";
import { isName, tidyName } from "@/lib/kernel/person-name";
import { committedText, type OpenedRow, type SealedTable } from "@/lib/kernel/sealed-table";
import { visibleText } from "@/lib/kernel/typed-text";
import { HOME_DETAILS, isTurn, PERSON_DETAILS, TURN_REASONS, type DetailKind, type EventKind, type HouseholdStatus, type Sex, type Tier } from "./labels"; // prettier-ignore
import type { CreateHouseholdInput, EventInput, Household, HouseholdEvent, HomeDetails, HouseholdRow, MemberInput, PersonDetails } from "./types"; // prettier-ignore

/** A member as it is kept: every field in its one form. */
export type Member = {
  relation: MemberInput["relation"];
  name: string;
  document: IdNumber | null;
  born: CivilDate | null;
  sex: Sex | null;
  phone: string | null;
  health: string | null;
  workplace: string | null;
  details: PersonDetails;
};

const committed = (row: OpenedRow, columns: readonly string[]) =>
  columns.map((column) => committedText(row[column]));

/** A column that came later: rows without it commit to what they did. */
const later = (row: OpenedRow, column: string) =>
  (row[column] ?? null) === null ? [] : committed(row, [column]);

/** What each row commits to, in this order for good. */
export const HOUSEHOLDS: SealedTable = {
  table: "households",
  seals: ["nonce", "address", "details"],
  commits: (row) => [...committed(row, ["address"]), ...later(row, "details")],
};
export const HOUSEHOLD_MEMBERS: SealedTable = {
  table: "household_members",
  seals: ["name", "id_number", "born", "sex", "phone", "health", "workplace", "details", "nonce"],
  commits: (row) => [...committed(row, ["no", "relation", "name", "id_kind", "id_number", "born", "sex", "phone", "health", "workplace"]), ...later(row, "details")], // prettier-ignore
  document: (row) => ({
    kind: String(row["id_kind"] as string).toLowerCase(),
    number: row["id_number"] as string,
  }),
  digests: {
    name_digest: (row) => nameParts(row["organisation_id"] as number, row["name"] as string),
  },
};
export const HOUSEHOLD_EVENTS: SealedTable = {
  table: "household_events",
  seals: ["nonce", "visitors", "note"],
  commits: (row) => committed(row, ["no", "kind", "visitors", "note"]),
};

/** By which a whole name is found again: of one organisation, so that no two places can be compared by names. */
export const nameParts = (organisationId: number, name: string): string[] => [
  "household-name",
  String(organisationId),
  tidyName(name).replace(/\s/gu, "").toLowerCase(),
];

const given = (typed: string | null | undefined) => {
  const text = visibleText(typed ?? "");
  return text === "" ? null : text;
};
/** Sentences keep their signs as they were written. */
const said = (typed: string | null | undefined) => typed?.trim() || null;
const digits = (typed: string) => visibleText(typed.normalize("NFKC")).replace(/[\s\p{Pd}]/gu, "");
const PHONE = /^\+?\d{5,20}(\*\d{1,6})?$/;
/** Numbers of documents and telephones have fields of their own, which are masked as such. */
const LONG_NUMBER = /\d{11}/;
const numbered = (text: string | null | undefined) => LONG_NUMBER.test(digits(text ?? ""));

const DETAIL: Record<DetailKind, { reads: (text: string) => boolean; fault: string }> = {
  words: { reads: (text) => !numbered(text), fault: "numberElsewhere" },
  money: { reads: (text) => /^\d{1,13}$/.test(text), fault: "number" },
  yesNo: { reads: (text) => text === "yes" || text === "no", fault: "choose" },
  number: { reads: (text) => /^[\d+*-]{3,40}$/.test(digits(text)), fault: "phone" },
};

/** Details as they are kept, in the order of the list: what is empty is left out, and nothing at all is null. */
export function readDetails<F extends string>(
  kinds: Readonly<Record<F, DetailKind>>,
  typed: Partial<Record<F, string>> | null | undefined,
): { details: Partial<Record<F, string>> | null; faults: Record<string, FieldError> } {
  const details: Partial<Record<F, string>> = {};
  const faults: Record<string, FieldError> = {};
  for (const field of Object.keys(kinds) as F[]) {
    const text = said(typed?.[field]);
    if (text === null) continue;
    const { reads, fault } = DETAIL[kinds[field]];
    if (!reads(text)) faults[`details.${field}`] = { key: fault };
    details[field] = text;
  }
  return { details: Object.keys(details).length > 0 ? details : null, faults };
}

type Faults = Record<string, FieldError>;

/** Reads what was typed for a member, or says which fields cannot be. */
function readMember(input: MemberInput, today: CivilDate): { member: Member; faults: Faults } {
  const faults: Faults = {};
  const name = tidyName(input.name);
  if (!isName(name)) faults.name = { key: "personName" };
  const phone = given(input.phone) && digits(input.phone ?? "");
  if (phone && !PHONE.test(phone)) faults.phone = { key: "phone" };
  const typed = given(input.idNumber);
  const read = typed === null ? null : readIdNumber(typed, input.idKind ?? null, today);
  if (read?.fault) faults.idNumber = { key: read.fault };
  const document = read?.id ?? null;
  const born = input.born ?? null;
  const sex = input.sex ?? null;
  if (born !== null && born > today) faults.born = { key: "futureDate" };
  if (document?.born && born !== null && born !== document.born)
    faults.born = { key: "notAsNumber" };
  if (document?.sex && sex !== null && sex !== document.sex) faults.sex = { key: "notAsNumber" };
  for (const field of ["health", "workplace"] as const)
    if (numbered(input[field])) faults[field] = { key: "numberElsewhere" };
  const beside = readDetails(PERSON_DETAILS, input.details);
  Object.assign(faults, beside.faults);
  return {
    faults,
    member: {
      relation: input.relation,
      name,
      document,
      born: document?.born ?? born,
      sex: document?.sex ?? sex,
      phone,
      health: said(input.health),
      workplace: said(input.workplace),
      details: beside.details,
    },
  };
}

/** All members as they are kept; or what is wrong, by member and field. No value is repeated in a sentence. */
export function readMembers(
  inputs: readonly MemberInput[],
  today: CivilDate,
): { members: Member[]; faults: FieldErrors } {
  const faults: FieldErrors = {};
  const numbers = new Map<string, number>();
  const members = inputs.map((input, n) => {
    const { member, faults: own } = readMember(input, today);
    const line = n + 1;
    if ((member.relation === "self") !== (n === 0)) own.relation = { key: "holderFirst" };
    const number = member.document?.number;
    const before = number === undefined ? undefined : numbers.get(number);
    if (before !== undefined) own.idNumber = { key: "twiceInFile", values: { other: before } };
    if (number !== undefined) numbers.set(number, line);
    for (const [field, fault] of Object.entries(own))
      faults[`members.${n}.${field}`] = [{ ...fault, values: { ...fault.values, line } }];
    return member;
  });
  return { members, faults };
}

const CODE = /^[0-9A-Za-z][0-9A-Za-z-]{0,29}$/;

/** What cannot be said of a file as such. */
export function headFaults(input: {
  code?: string | null | undefined;
  cause: string;
  otherCauses: readonly string[];
  address?: string | null | undefined;
  details?: HomeDetails | undefined;
}): FieldErrors {
  const code = given(input.code);
  const causes = [input.cause, ...input.otherCauses];
  return {
    ...(code !== null && !CODE.test(code) ? { code: [{ key: "fileCode" }] } : {}),
    ...(code !== null && numbered(code) ? { code: [{ key: "numberElsewhere" }] } : {}),
    ...(new Set(causes).size < causes.length ? { otherCauses: [{ key: "twiceChosen" }] } : {}),
    ...Object.fromEntries(Object.entries(readDetails(HOME_DETAILS, input.details).faults).map(([field, fault]) => [field, [fault]])), // prettier-ignore
    ...(numbered(input.address) ? { address: [{ key: "numberElsewhere" }] } : {}),
  };
}

/** A file as it was asked for, its people as they are kept, and what is wrong in it. */
export type JudgedFile = {
  input: Omit<CreateHouseholdInput, "organisation">;
  members: Member[];
  faults: FieldErrors;
};

/** What can be judged of a new file by itself. */
export function judgeFile(input: JudgedFile["input"], today: CivilDate): JudgedFile {
  const { members, faults } = readMembers(input.members, today);
  const future: FieldErrors = input.filedOn > today ? { filedOn: [{ key: "futureDate" }] } : {};
  return { input, members, faults: { ...faults, ...headFaults(input), ...future } };
}

const TAKEN: Record<HouseholdStatus, readonly EventKind[]> = {
  open: ["tier", "visit", "consent", "consent-ended", "lifted", "closed"],
  returned: ["tier", "visit", "consent", "consent-ended", "lifted", "closed"],
  lifted: ["visit", "consent", "consent-ended", "returned", "closed"],
  closed: [],
};
/** What may happen to a file where it stands. */
export const takes = (status: HouseholdStatus): readonly EventKind[] => TAKEN[status];

export type KeptEvent = {
  kind: EventKind;
  on: CivilDate;
  year: number | null;
  tier: Tier | null;
  reason: string | null;
  consent: (EventInput["consent"] & string) | null;
  dueOn: CivilDate | null;
  visitors: string | null;
  note: string | null;
};

/** Somebody goes there again half a year after a household was lifted out. */
const FOLLOW_UP_MONTHS = 6;
const STATES_TIER: readonly EventKind[] = ["tier", "returned"];
const ENDS_WITHOUT_DAY: readonly EventKind[] = ["tier", "consent-ended", "closed"];

/** An event as it is kept, or what is wrong in it: of the file's days, what its kind asks for, and what it has no room for. */
export function readEvent(
  input: EventInput,
  file: { turnedOn: CivilDate },
  today: CivilDate,
): { event: KeptEvent; faults: FieldErrors } {
  const { kind, on } = input;
  const faults: FieldErrors = {};
  const fault = (field: keyof EventInput, key: string, values?: Record<string, string>) => {
    faults[field] = [{ key, ...(values ? { values } : {}) }];
  };
  const needs = (field: keyof EventInput, isNeeded: boolean) => {
    const has = (input[field] ?? null) !== null;
    if (isNeeded && !has) fault(field, "required");
    if (!isNeeded && has) fault(field, "notOfThisKind");
  };
  const year = STATES_TIER.includes(kind) ? (input.year ?? yearOf(on)) : null;
  needs("tier", STATES_TIER.includes(kind));
  needs("reason", isTurn(kind));
  needs("consent", kind === "consent" || kind === "consent-ended");
  if (year === null && input.year) fault("year", "notOfThisKind");
  if (kind !== "visit" && given(input.visitors)) fault("visitors", "notOfThisKind");
  if (ENDS_WITHOUT_DAY.includes(kind) && input.dueOn) fault("dueOn", "notOfThisKind");
  if (isTurn(kind) && input.reason && !TURN_REASONS[kind].some((one) => one === input.reason))
    fault("reason", "notOfThisKind");
  if (on > today) fault("on", "futureDate");
  else if (isTurn(kind) && on < file.turnedOn)
    fault("on", "beforeLastTurn", { date: file.turnedOn });
  if (year !== null && year > yearOf(today)) fault("year", "futureYear");
  const dueOn = input.dueOn ?? (kind === "lifted" ? monthsAfter(on, FOLLOW_UP_MONTHS) : null);
  if (dueOn !== null && dueOn < on) fault("dueOn", "beforeItsDay");
  for (const field of ["note", "visitors"] as const)
    if (numbered(input[field])) fault(field, "numberElsewhere");
  const { tier = null, reason = null, consent = null } = input;
  const event = {
    ...{ kind, on, year, tier, reason, consent, dueOn },
    visitors: said(input.visitors),
    note: said(input.note),
  };
  return { event, faults };
}

/** What a file says of itself once this happened to it. */
export function fileAfter(
  file: Pick<HouseholdRow, "status" | "tier" | "tierYear" | "followUpOn">,
  event: Pick<KeptEvent, "kind" | "year" | "tier" | "dueOn">,
): Pick<HouseholdRow, "status" | "tier" | "tierYear" | "followUpOn"> {
  const { kind, year, tier, dueOn } = event;
  const isLatest = year !== null && tier !== null && year >= file.tierYear;
  return {
    status: isTurn(kind) ? kind : file.status,
    tier: isLatest ? tier : file.tier,
    tierYear: isLatest ? year : file.tierYear,
    followUpOn: isTurn(kind) || kind === "visit" ? dueOn : file.followUpOn,
  };
}

/** Whose yearly look is still to come: in the archive, and nothing said of this year. */
export const isReviewDue = (
  { status, tierYear }: Pick<HouseholdRow, "status" | "tierYear">,
  year: number,
): boolean => (status === "open" || status === "returned") && tierYear < year;

/** Each consent that was signed, and whether it holds today. A later one of its kind takes its place. */
export function consentsOf(
  events: readonly Pick<HouseholdEvent, "kind" | "on" | "consent" | "dueOn">[],
  today: CivilDate,
): Household["consents"] {
  const found: Household["consents"] = [];
  for (const { kind, on, consent, dueOn } of events) {
    if (consent === null) continue;
    const before = found.find((one) => one.consent === consent && one.endedOn === null);
    if (before) {
      before.endedOn = on;
      before.holds = false;
    }
    if (kind === "consent")
      found.push({ consent, on, until: dueOn, endedOn: null, holds: dueOn === null || dueOn >= today }); // prettier-ignore
  }
  return found;
}

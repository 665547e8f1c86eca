import { maskedNumber } from "@/lib/kernel/id-number";
import { maskedName } from "@/lib/kernel/person-name";
import type { HouseholdEvent, HouseholdMember } from "./types";

const masked = (mask: (text: string) => string, text: string | null) =>
  text === null ? null : mask(text);
const lastFour = (text: string) =>
  text.length <= 4 ? "*".repeat(text.length) : "*".repeat(text.length - 4) + text.slice(-4);
/** Words may name anything: what cannot be masked is not shown. */
const hidden = () => "***";

/** That something is said there is no secret; what it is, is. */
export const maskedDetails = <D extends Readonly<Record<string, string | undefined>>>(
  details: D | null,
) => details && (Object.fromEntries(Object.keys(details).map((field) => [field, hidden()])) as D);

export const maskedMember = (member: HouseholdMember): HouseholdMember => ({
  ...member,
  name: masked(maskedName, member.name),
  idNumber: masked(maskedNumber, member.idNumber),
  born: masked((day) => day.slice(0, 4), member.born),
  phone: masked(lastFour, member.phone),
  health: masked(hidden, member.health),
  workplace: masked(hidden, member.workplace),
  details: maskedDetails(member.details),
});

export const maskedAddress = (address: string | null) => masked(hidden, address);

export const maskedEvent = (event: HouseholdEvent): HouseholdEvent => ({
  ...event,
  visitors: masked(hidden, event.visitors),
  note: masked(hidden, event.note),
});

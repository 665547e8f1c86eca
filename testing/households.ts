import { addHouseholdEvent, createHousehold } from "@/lib/features/households/commands";
import type {
  CreateHouseholdInput,
  EventInput,
  Household,
  MemberInput,
} from "@/lib/features/households/types";
import { checkDigitOf } from "@/lib/kernel/id-number";
import type { TestPerson } from "./actors";
import { as } from "./records";

export const TODAY = "2026-11-27";
export const NOW = new Date("2026-11-27T02:00:00Z");

let serial = 100;
/** A number that nobody has, over a region that there never was. */
export function freshNumber(): string {
  serial += 1;
  const seventeen = `63990119800101${serial}`;
  return seventeen + checkDigitOf(seventeen);
}

export const holder = (more: Partial<MemberInput> = {}): MemberInput => ({
  relation: "self",
  name: "才让卓玛",
  idNumber: freshNumber(),
  phone: "13909712345",
  health: "慢性病",
  ...more,
});
export const householdInput = (more: Partial<CreateHouseholdInput> = {}): CreateHouseholdInput => ({
  ...{
    organisation: "630123",
    filedOn: "2026-03-01",
    tier: "deep",
    kind: "urban",
    level: "national",
  },
  ...{ cause: "illness", otherCauses: ["schooling"], address: "示范镇一号" },
  members: [holder()],
  ...more,
});
export const file = (person: TestPerson, more: Partial<CreateHouseholdInput> = {}) =>
  as(person).write((c) => createHousehold({ ...c, now: NOW, input: householdInput(more) }));
export const happen = (
  person: TestPerson,
  { id, version }: Household,
  event: Partial<EventInput>,
) =>
  as(person).write((c) =>
    addHouseholdEvent({
      ...{ ...c, now: NOW, id },
      input: { version, kind: "visit", on: TODAY, ...event },
    }),
  );

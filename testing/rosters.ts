import { putRoster } from "@/lib/features/rosters/commands";
import type { LineInput } from "@/lib/features/rosters/types";
import { checkDigitOf } from "@/lib/kernel/id-number";
import type { TestPerson } from "./actors";
import { as } from "./records";

let serial = 100;
/** A number that nobody has, over a region that there never was. */
export function freshNumber(): string {
  serial += 1;
  const seventeen = `63990119800202${serial}`;
  return seventeen + checkDigitOf(seventeen);
}

/** Two cards and a passbook, invented; further lines have none. */
export const ACCOUNTS = ["6228480000000000018", "6217998500000000007", "0101234567890"];

export const rosterLine = (n: number, more: Partial<LineInput> = {}): LineInput => ({
  name: "才让卓玛",
  idNumber: freshNumber(),
  account: ACCOUNTS[n] ?? null,
  amountFen: "60000",
  ...more,
});

/** A draft with a roster that adds up. */
export async function draftedRoster(person: TestPerson, lines: LineInput[]) {
  const fen = lines.reduce((sum, { amountFen }) => sum + BigInt(amountFen ?? 0), 0n).toString();
  const draft = await as(person).create({
    amountFen: fen,
    counts: { persons: lines.length },
    shares: [{ fundSource: "county-union", amountFen: fen }],
  });
  return as(person).write((c) =>
    putRoster({ ...c, id: draft.id, input: { version: draft.version, lines } }),
  );
}

export async function approvedRoster(
  people: { clerk: TestPerson; reviewer: TestPerson },
  lines: LineInput[],
): Promise<string> {
  const sent = await as(people.clerk).submit(await draftedRoster(people.clerk, lines));
  return (await as(people.reviewer).approve(sent)).id;
}

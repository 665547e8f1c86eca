import { randomBytes } from "node:crypto";

/** Words nobody else's record has, so that it is found again in a database shared with others. */
export const unique = (words: string): string => `${words} ${randomBytes(4).toString("hex")}`;

/** A record nobody could object to; each call differs in nothing but what is asked for. */
export function plainRecord(organisation: string, over: Record<string, unknown> = {}) {
  return {
    organisation,
    programme: "golden-autumn",
    aidCategory: "education",
    recipientKind: "needy-worker-children",
    form: "transfer",
    paidOn: "2026-08-28",
    amountFen: "15390000",
    counts: { households: 21, persons: 21 },
    shares: [
      { fundSource: "provincial-treasury", amountFen: "10000000" },
      { fundSource: "county-union", amountFen: "5390000" },
    ],
    ...over,
  };
}

export type RecordAnswer = {
  id: string;
  version: number;
  status: string;
  amountFen: string;
  actions: string[];
  findings: { rule: string; level: string }[];
};

/** Answers every soft finding as checked, so that the record may be submitted. */
export function answersTo(record: RecordAnswer) {
  return record.findings
    .filter((finding) => finding.level === "soft")
    .map((finding) => ({ rule: finding.rule, answer: "checked-correct", words: "已与发放表核对" }));
}

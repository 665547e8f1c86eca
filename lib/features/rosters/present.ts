import { maskedNumber } from "@/lib/kernel/id-number";
import { maskedName } from "@/lib/kernel/person-name";
import type { RosterLine } from "./types";

const behind = (text: string, shown: number) =>
  text.length <= shown ? "*".repeat(text.length) : "*".repeat(text.length - shown) + text.slice(-shown); // prettier-ignore

const masked = (mask: (text: string) => string, text: string | null) =>
  text === null ? null : mask(text);

/** What whoever judges a line needs of it, and no more: to tell two people apart, and to find one on the paper. */
export const maskedLine = (line: RosterLine): RosterLine => ({
  ...line,
  name: masked(maskedName, line.name),
  idNumber: masked(maskedNumber, line.idNumber),
  phone: masked((text) => behind(text, 4), line.phone),
  payee: masked(maskedName, line.payee),
  account: masked((text) => behind(text, 4), line.account),
  // words may name anything: what cannot be masked is not shown
  note: line.note === null ? null : "***",
});

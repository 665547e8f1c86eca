import { expect, test } from "vitest";
import { needsScope } from "./contract";

test("without an organisation to read there are accounts, lists, the history and jobs; no records, no money", () => {
  for (const tag of ["account", "reference", "audit", "admin", "jobs"])
    expect([tag, needsScope({ tag })]).toEqual([tag, false]);
  for (const tag of ["disbursements", "figures", "allotments", "years", ""])
    expect([tag, needsScope({ tag })]).toEqual([tag, true]);
});

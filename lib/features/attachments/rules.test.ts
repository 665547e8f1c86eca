import { describe, expect, test } from "vitest";
import { readSaid } from "./rules";

const TODAY = "2026-11-27";
const said = (fields: Record<string, string>) => readSaid(new Map(Object.entries(fields)), TODAY);
const faults = (fields: Record<string, string>) => Object.keys(said(fields).errors);

describe("what is said of a file", () => {
  test.each([
    ["12345678", "12345678"],
    ["１２３４ ５６７８", "12345678"],
    ["144031539110-12345678", "14403153911012345678"],
    ["20260000000012345678", "20260000000012345678"],
    ["6300123456 12345678", "630012345612345678"],
  ])("an invoice number %s", (typed, read) => {
    expect(said({ kind: "invoice", invoiceNumber: typed })).toMatchObject({ errors: {}, said: { invoiceNumber: read } }); // prettier-ignore
  });

  test.each(["1234567", "123456789", "1234567A", "639901198001010014"])(
    "no invoice has %s",
    (typed) => expect(faults({ kind: "invoice", invoiceNumber: typed })).toEqual(["invoiceNumber"]),
  );

  test("each kind has its own, and none is asked for", () => {
    expect(said({ kind: "photo" })).toEqual({ errors: {}, said: { kind: "photo", invoiceNumber: null, signatures: null, eventNo: null } }); // prettier-ignore
    expect(said({ kind: "sign-off-sheet", signatures: "0" }).said.signatures).toBe(0);
    expect(faults({ kind: "photo", invoiceNumber: "12345678" })).toEqual(["invoiceNumber"]);
    expect(faults({ kind: "invoice", signatures: "3" })).toEqual(["signatures"]);
    expect(faults({ kind: "sign-off-sheet", signatures: "-1" })).toEqual(["signatures"]);
    expect(faults({ kind: "sign-off-sheet", signatures: "10001" })).toEqual(["signatures"]);
    expect(faults({ kind: "sign-off-sheet", signatures: "many" })).toEqual(["signatures"]);
    expect(faults({})).toEqual(["kind"]);
    expect(faults({ kind: "photo", event: "2" })).toEqual(["event"]);
  });

  test("a household file has kinds of its own, and an authorisation says of which consent", () => {
    const of = (fields: Record<string, string>) => readSaid(new Map(Object.entries(fields)), TODAY, "household"); // prettier-ignore
    expect(Object.keys(of({ kind: "invoice" }).errors)).toEqual(["kind"]);
    expect(of({ kind: "authorisation", event: "2" })).toMatchObject({ errors: {}, said: { eventNo: 2 } }); // prettier-ignore
    for (const event of ["", "0", "x", "12345"]) expect(Object.keys(of({ kind: "authorisation", event }).errors)).toEqual(["event"]); // prettier-ignore
    expect(Object.keys(of({ kind: "identity", event: "2" }).errors)).toEqual(["event"]);
  });
});

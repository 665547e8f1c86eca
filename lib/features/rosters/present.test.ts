import { expect, test } from "vitest";
import { maskedLine } from "./present";

test("a mask leaves what tells two people apart, and nothing of a note", () => {
  const line = {
    ...{ no: 1, name: "买买提·阿布", idKind: "resident" as const, idNumber: "639901198001010014" },
    ...{ phone: "13909712345", payee: "才让", account: "6228480000000000018", note: "肺病" },
    ...{
      amountFen: "100",
      packs: null,
      persons: 1,
      households: null,
      unreadable: false,
      forgotten: false,
    },
    payment: null,
  };
  expect(maskedLine(line)).toEqual({
    ...line,
    ...{ name: "买**·**", idNumber: "639***********0014", phone: "*******2345" },
    ...{ payee: "才*", account: "***************0018", note: "***" },
  });
  const bare = { ...line, idNumber: null, phone: null, payee: null, account: null, note: null };
  expect(maskedLine(bare)).toEqual({ ...bare, name: "买**·**" });
});

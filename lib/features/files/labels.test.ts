import { expect, test } from "vitest";
import { messagesOf } from "@/lib/i18n/messages";
import { locales } from "@/lib/kernel/preferences";
import { columnWord, ledgerColumns, ledgerWords } from "./labels";

test.each(locales)(
  "no two columns of the ledger are called alike, and whole fen say so: %s",
  (locale) => {
    const columns = ledgerColumns("csv", 2);
    const word = (column: (typeof columns)[number]) =>
      columnWord(column, locale, messagesOf(locale).labels);
    expect(new Set(columns.map(word)).size).toBe(columns.length);
    expect(word("amountFen")).toBe(ledgerWords(locale).columns.amountFen);
    expect(word("amountFen")).toMatch(/（分）|\(fen\)/);
  },
);

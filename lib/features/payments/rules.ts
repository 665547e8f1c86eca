import type { ReturnReason } from "@/lib/features/rosters/labels";
import { tidyAccount } from "@/lib/features/rosters/rules";
import { parseAmount } from "@/lib/kernel/amount-reading";
import type { FieldError, FieldErrors } from "@/lib/kernel/app-error";
import type { SealedTable } from "@/lib/kernel/sealed-table";
import { RESULT_WORDS, RETURN_HEADINGS, type ReturnColumn } from "./labels";
import type { PayableLine, ReturnRow } from "./types";

export const PAYMENT_WORDS: SealedTable = { table: "payment_words", seals: ["words"] };

/** What banks write, in the order in which it is looked for. */
const WORDING: readonly (readonly [RegExp, ReturnReason])[] = [
  [/户名|姓名|名称不符|name/i, "name-mismatch"],
  [/销户|已注销|closed/i, "closed"],
  [/挂失|lost/i, "lost"],
  [/冻结|frozen/i, "frozen"],
  [/睡眠|久悬|不动户|dormant/i, "dormant"],
  [/限额|超限|限次|limit/i, "limit"],
  [/发起行|汇出行|付款行/, "sender"],
  [/止付|停用|状态异常|状态不正常|stopped/i, "stopped"],
  [/不存在|无此[账帐卡户]|[账帐卡]号(?:有误|错误|不符|不正确)|no account/i, "no-account"],
];

/** The reason behind a bank's words; other where they are none of those known. */
export const reasonOf = (words: string): ReturnReason =>
  WORDING.find(([wording]) => wording.test(words))?.[1] ?? "other";

export type Result = {
  readonly line: PayableLine;
  readonly state: "paid" | "returned" | "reissued";
  readonly reason: ReturnReason | null;
  readonly words: string | null;
};

type Match = { line: PayableLine } | { field: keyof ReturnRow; fault: FieldError };

const refuse = (
  field: keyof ReturnRow,
  key: string,
  values: Record<string, string | number> = {},
): Match => ({ field, fault: { key, values } });

/** The one line that a row is of. Where two fit, both are named and neither is taken. */
function lineOf(row: ReturnRow, lines: readonly PayableLine[], places: Places): Match {
  const account = row.account ? tidyAccount(row.account) : null;
  const amount = row.amountFen ?? null;
  if (row.no) {
    const line = places.byNo.get(row.no);
    if (!line) return refuse("no", "paymentNo", { no: row.no });
    if (account !== null && account !== line.account)
      return refuse("account", "paymentAccount", { no: line.no });
    if (amount !== null && BigInt(amount) !== line.amountFen)
      return refuse("amountFen", "paymentAmount", { no: line.no, amountFen: line.amountFen.toString() }); // prettier-ignore
    return { line };
  }
  if (account === null || amount === null) return refuse("no", "paymentWho");
  const fitting = (places.byAccount.get(account) ?? []).filter(
    (line) => line.amountFen === BigInt(amount),
  );
  const [line] = fitting;
  if (!line) return refuse("account", "paymentUnknown");
  if (fitting.length > 1)
    return refuse("account", "paymentSeveral", { lines: fitting.map(({ no }) => no).join(", ") });
  return { line };
}

type Places = {
  byNo: ReadonlyMap<number, PayableLine>;
  byAccount: ReadonlyMap<string, PayableLine[]>;
};

function placesOf(lines: readonly PayableLine[]): Places {
  const byAccount = new Map<string, PayableLine[]>();
  for (const line of lines)
    if (line.account !== null) {
      const there = byAccount.get(line.account);
      if (there) there.push(line);
      else byAccount.set(line.account, [line]);
    }
  return { byNo: new Map(lines.map((line) => [line.no, line])), byAccount };
}

const fenOf = (lines: readonly PayableLine[]) =>
  lines.reduce((sum, { amountFen }) => sum + amountFen, 0n);
const waits = ({ state }: PayableLine) => state === "pending" || state === "reissued";

/**
 * Sums that do not agree. Of a batch the bank answers for all that waits; so does a return of what waits in no batch,
 * unless the bank says what its part comes to.
 */
function sumFaults(
  results: readonly Result[],
  taken: readonly PayableLine[],
  totalFen: string | null,
  lines: readonly PayableLine[],
): FieldErrors {
  const faults: FieldErrors = {};
  const compare = (field: string, listed: bigint, due: bigint) => {
    if (listed === due) return;
    const values = { listedFen: listed.toString(), dueFen: due.toString() };
    faults[field] = [{ key: "paymentSum", values }];
  };
  const told = results.map(({ line }) => line).filter(waits);
  for (const batch of new Set(told.map((line) => line.batch))) {
    if (batch === null && totalFen !== null) continue;
    const inBatch = (line: PayableLine) => line.batch === batch;
    compare(
      batch === null ? "totalFen" : "batch",
      fenOf(told.filter(inBatch)),
      fenOf(lines.filter((line) => waits(line) && inBatch(line))),
    );
  }
  if (totalFen !== null) compare("totalFen", fenOf(taken), BigInt(totalFen));
  return faults;
}

/** So many rows are named with what is wrong in them: more nobody reads at once. */
const MOST_NAMED = 100;

/**
 * A bank's return against the lines of a roster: what it newly says, how many rows say what was said before, and what
 * is wrong with it, by row. With one fault nothing of it is posted. No value is repeated in a sentence but amounts.
 */
export function readReturn(
  { rows, on, totalFen }: { rows: readonly ReturnRow[]; on: string; totalFen: string | null },
  lines: readonly PayableLine[],
): { results: Result[]; already: number; faults: FieldErrors } {
  const faults: FieldErrors = {};
  let named = 0;
  const blame = (n: number, field: string, fault: FieldError) => {
    if ((named += 1) <= MOST_NAMED)
      faults[`rows.${n}.${field}`] = [{ ...fault, values: { ...fault.values, row: n + 1 } }];
  };
  const places = placesOf(lines);
  const taken = new Set<PayableLine>();
  const results: Result[] = [];
  rows.forEach((row, n) => {
    const match = lineOf(row, lines, places);
    if (!("line" in match)) return blame(n, match.field, match.fault);
    const { line } = match;
    const { no } = line;
    if (taken.has(line)) return blame(n, "no", { key: "paymentTwice", values: { no } });
    taken.add(line);
    if (row.result === line.state) return;
    if (line.state === "returned")
      return blame(n, "result", { key: "paymentCameBack", values: { no } });
    if (line.on !== null && on < line.on)
      return blame(n, "result", { key: "paymentBefore", values: { no, day: line.on } });
    const words = row.words?.trim() || null;
    const reason = row.result === "returned" ? (row.reason ?? reasonOf(words ?? "")) : null;
    results.push({ line, state: row.result, reason, words });
  });
  if (named === 0) Object.assign(faults, sumFaults(results, [...taken], totalFen, lines));
  return { results, already: taken.size - results.length, faults };
}

/** Of bank cards: the last digit checks the others. Passbooks and the accounts of rural banks have none. */
const CARD = /^62\d{14,17}$/;
function isDoubtfulCard(account: string): boolean {
  if (!CARD.test(account)) return false;
  const sum = [...account].reverse().reduce((all, sign, place) => {
    const digit = Number(sign) * (place % 2 === 1 ? 2 : 1);
    return all + (digit > 9 ? digit - 9 : digit);
  }, 0);
  return sum % 10 !== 0;
}

/** Lines of whose accounts somebody should look at each digit again. */
export function doubtfulAccounts(
  lines: readonly Pick<PayableLine, "no" | "account">[],
): FieldErrors {
  const doubtful = lines.filter(({ account }) => account !== null && isDoubtfulCard(account));
  return Object.fromEntries(
    doubtful.slice(0, MOST_NAMED).map(({ no }) => [`lines.${no - 1}.account`, [{ key: "accountCheck", values: { no } }]]), // prettier-ignore
  );
}

/** What the next batch holds. */
export const payableNow = (lines: readonly PayableLine[]) =>
  lines.filter((line) => waits(line) && line.batch === null && line.account !== null);

/** Which returned lines are paid anew; or what is wrong with each that is not. */
export function readReissue(
  { lines: nos, on }: { lines: readonly number[]; on: string },
  lines: readonly PayableLine[],
): { results: Result[]; faults: FieldErrors } {
  const { byNo } = placesOf(lines);
  const faults: FieldErrors = {};
  const results = [...new Set(nos)].flatMap((no): Result[] => {
    const line = byNo.get(no);
    const key = !line
      ? "paymentNo"
      : line.reissued
        ? "reissuedOnce"
        : line.state !== "returned"
          ? "notReturned"
          : line.on !== null && on < line.on
            ? "paymentBefore"
            : null;
    if (line && key === null) return [{ line, state: "reissued", reason: null, words: null }];
    const values = { row: nos.indexOf(no) + 1, no, day: line?.on ?? "" };
    if (Object.keys(faults).length < MOST_NAMED)
      faults[`lines.${nos.indexOf(no)}`] = [{ key: key ?? "paymentNo", values }];
    return [];
  });
  return { results, faults };
}

/** A bank's return as it was read from its table; `unread`: rows of the table that say no result, or not of whom. */
export type ReturnTable = { rows: ReturnRow[]; unread: number[]; headed: boolean };

const headingOf = (cell: string): ReturnColumn | undefined =>
  RETURN_HEADINGS[
    cell
      .trim()
      .replace(/[（(].*$/, "")
      .toLowerCase()
  ];

function rowOf(cells: Readonly<Partial<Record<ReturnColumn, string>>>): ReturnRow | null {
  const result = RESULT_WORDS.find(([wording]) => wording.test(cells.result ?? ""))?.[1];
  const no = /^0*([1-9]\d{0,4})$/.exec(cells.no ?? "")?.[1];
  const amount = parseAmount(cells.amount ?? "");
  const account = cells.account ?? "";
  if (!result || (!amount.ok && amount.reason !== "empty")) return null;
  if (!no && (account === "" || !amount.ok)) return null;
  return {
    result,
    no: no ? Number(no) : null,
    account: account || null,
    amountFen: amount.ok ? amount.fen.toString() : null,
    words: cells.words?.slice(0, 200) || null,
  };
}

/**
 * Reads a table whose headings stand in one of its first rows, whatever stands above them. Rows without number and
 * account (totals, remarks) are left out; what has one and cannot be read is named.
 */
export function readReturnTable(table: readonly (readonly string[])[]): ReturnTable {
  const at = table.findIndex((cells) => {
    const columns = cells.map(headingOf);
    return columns.includes("result") && (columns.includes("no") || columns.includes("account"));
  });
  const read: ReturnTable = { rows: [], unread: [], headed: at >= 0 };
  if (at < 0) return read;
  const columns = (table[at] ?? []).map(headingOf);
  table.slice(at + 1).forEach((cells, n) => {
    const said: Partial<Record<ReturnColumn, string>> = {};
    cells.forEach((cell, place) => {
      const column = columns[place];
      // the first of two columns that are called alike
      if (column) said[column] ??= cell.trim();
    });
    if (!/\d/.test(said.no ?? "") && !/\d/.test(said.account ?? "")) return;
    const row = rowOf(said);
    if (row) read.rows.push(row);
    else read.unread.push(at + n + 2);
  });
  return read;
}

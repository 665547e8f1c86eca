import type { CountUnit } from "@/lib/kernel/counts";
import { figuresOf, readBalance } from "@/lib/features/figures/queries";
import { resolveFilter } from "@/lib/features/filter/queries";
import { AppError, type SaidError } from "@/lib/kernel/app-error";
import { NAMED_VALUES, type NamedValue, type SaidValue } from "@/lib/kernel/spoken";
import { civilDateInChina } from "@/lib/kernel/fiscal-year";
import type { SourceLimit } from "@/lib/kernel/record-codes";
import type { Scope } from "@/lib/kernel/scope";
import { sql, type Reader } from "@/lib/platform/db";
import { recordsWithin, within } from "@/lib/platform/scope-sql";
import { rowsOf } from "@/lib/platform/tables";
import "server-only";
import type { CheckedRecord, Draft, FindingContext } from "@/lib/features/checks/types";
import { findFindings, standingFindings, type Answer } from "./rules";
import type { Finding } from "./types";

/** As prisma/sql/63-findings.sql answers it. */
type ContextRow = {
  id: string;
  yearOpen: boolean;
  seasonMonths: number[];
  allowedForms: string[];
  mainUnit: CountUnit;
  earmarked: {
    fundSource: string;
    isEarmarked: boolean;
    limit: SourceLimit;
    receivedFen: string | null;
    spentFen: string;
  }[];
  thisYearFen: bigint;
  lastYearFen: bigint;
  duplicates: string[];
  months: number;
  campaign: FindingContext["campaign"];
  thresholds: FindingContext["thresholds"];
  peers: number | null;
  medianFen: bigint | null;
  deviationFen: bigint | null;
  unitPeers: number | null;
  unitMedianFen: bigint | null;
  bunched: FindingContext["bunched"];
  otherHeadings: FindingContext["otherHeadings"];
  roster: FindingContext["roster"];
  evidence: FindingContext["evidence"];
  notice: FindingContext["notice"];
};

const COLUMNS = sql`
  d.id::text, d.year_open AS "yearOpen", d.season_months AS "seasonMonths", d.allowed_forms AS "allowedForms",
  d.main_unit AS "mainUnit", d.earmarked, d.this_year_fen AS "thisYearFen", d.last_year_fen AS "lastYearFen",
  d.duplicates, d.months, d.campaign, d.thresholds, d.peers, d.median_fen AS "medianFen", d.deviation_fen AS "deviationFen",
  d.unit_peers AS "unitPeers", d.unit_median_fen AS "unitMedianFen", d.bunched, d.other_headings AS "otherHeadings", d.roster, d.evidence, d.notice`;

const contextSql = (ids: readonly string[], scope: Scope) => sql`
  SELECT ${COLUMNS} FROM guard.finding_context(${ids}::bigint[]) d WHERE ${recordsWithin(scope)}`;

/** Of a correction that is not submitted: what it undoes, and in which year its reversal does. */
export type Corrects = { id: string; reversedIn: number };

/** The rows of a record as they would be stored. */
type Rows = { record: object; shares: readonly object[] };

const contextOfRowsSql = (rows: readonly Rows[], corrects: Corrects | null, scope: Scope) => sql`
  SELECT ${COLUMNS} FROM guard.finding_context(NULL,
    ARRAY(SELECT r FROM ${rowsOf(
      "disbursements",
      rows.map(({ record }) => record),
    )} r),
    ARRAY(SELECT s FROM ${rowsOf(
      "disbursement_shares",
      rows.flatMap(({ shares }) => shares),
    )} s),
    ${corrects?.id ?? null}::bigint, ${corrects?.reversedIn ?? null}::int) d
  WHERE ${within(sql`d.organisation_id`, scope)}`;

function contextOf(row: ContextRow, now: Date): FindingContext {
  const peers =
    row.peers === null
      ? null
      : {
          count: row.peers,
          medianFen: row.medianFen ?? 0n,
          deviationFen: row.deviationFen ?? 0n,
        };
  return {
    today: civilDateInChina(now),
    yearOpen: row.yearOpen,
    seasonMonths: row.seasonMonths,
    allowedForms: row.allowedForms.map((form) => form.toLowerCase()),
    mainUnit: row.mainUnit,
    earmarked: row.earmarked.map((s) => ({
      ...{ fundSource: s.fundSource, isEarmarked: s.isEarmarked, limit: s.limit },
      receivedFen: s.receivedFen === null ? null : BigInt(s.receivedFen),
      spentFen: BigInt(s.spentFen),
    })),
    thisYearFen: row.thisYearFen,
    lastYearFen: row.lastYearFen,
    duplicates: row.duplicates,
    months: row.months,
    campaign: row.campaign,
    thresholds: row.thresholds,
    peers,
    unitPrices:
      row.unitPeers === null ? null : { count: row.unitPeers, medianFen: row.unitMedianFen ?? 0n },
    bunched: row.bunched,
    otherHeadings: row.otherHeadings,
    roster: row.roster,
    evidence: row.evidence,
    notice: row.notice,
  };
}

type Listed = CheckedRecord & {
  answers: readonly Answer[];
  /** When it is judged, where that is not now: what is imported was judged in its own day. */
  at?: Date | undefined;
};
type Asked = { db: Reader; scope: Scope; records: readonly Listed[]; now: Date };

/** What was found, and what it was compared with. */
type Judged = { drafts: Draft[]; context: FindingContext | null };

/** So many a statement: a thousand in one would be cut off by the limit of a statement on a busy machine. */
const JUDGED_AT_ONCE = 100;

/** What the checks find in many records at once, by record id; nothing in what only undoes. */
export async function judge(input: Asked): Promise<Map<string, Draft[]>> {
  const { db, scope, records, now } = input;
  const checked = records.filter((r) => r.entryKind !== "reversal" && r.status !== "voided");
  if (checked.length === 0) return new Map();
  const ids = checked.map((r) => r.id);
  const rows: ContextRow[] = [];
  for (let from = 0; from < ids.length; from += JUDGED_AT_ONCE)
    rows.push(
      ...(await db.rows<ContextRow>(contextSql(ids.slice(from, from + JUDGED_AT_ONCE), scope))),
    );
  const found = new Map(rows.map((row) => [row.id, row]));
  return new Map(
    checked.map((record) => {
      const row = found.get(record.id);
      return [record.id, row ? findFindings(record, contextOf(row, record.at ?? now)) : []];
    }),
  );
}

/** What would be found in records that are not stored as they stand here, if at all; by their numbers. */
export async function judgeUnstored(input: {
  db: Reader;
  scope: Scope;
  now: Date;
  forms: readonly { record: CheckedRecord; rows: Rows }[];
  /** Of one form alone. */
  corrects?: Corrects | null;
}): Promise<(record: CheckedRecord) => Judged> {
  const { db, scope, now, forms, corrects = null } = input;
  const rows = forms.map((form) => form.rows);
  const found =
    rows.length > 0 ? await db.rows<ContextRow>(contextOfRowsSql(rows, corrects, scope)) : [];
  const byId = new Map(found.map((row) => [row.id, row]));
  return (record) => {
    const row = byId.get(record.id);
    if (!row) return { drafts: [], context: null };
    const context = contextOf(row, now);
    return { drafts: findFindings(record, context), context };
  };
}

/** What is left of each source this record names, with what waits for approval taken off; of what it undoes, nothing is. */
export async function leftOfSources(input: {
  db: Reader;
  scope: Scope;
  record: Pick<CheckedRecord, "organisation" | "fiscalYear" | "shares">;
  corrects: Corrects | null;
}) {
  const { db, scope, record, corrects } = input;
  const { organisation, fiscalYear, shares } = record;
  if (shares.length === 0) return [];
  const fundSource = shares.map((share) => share.fundSource);
  // the organisation itself, as the law has it: what it passed down is no longer there
  const filter = { year: fiscalYear, organisation, fundSource };
  const approved = await resolveFilter({ db, scope, filter });
  const groupBy = "fundSource";
  const undoes = corrects?.reversedIn === fiscalYear ? corrects.id : null;
  const [spent, waiting, undone] = await figuresOf(db, [
    { resolved: approved, groupBy: [groupBy] },
    { resolved: { ...approved, statuses: ["SUBMITTED"] }, groupBy: [groupBy] },
    {
      resolved: { ...approved, year: undefined },
      groupBy: [groupBy],
      records: sql`d.id = ${undoes}::bigint`,
    },
  ]);
  const { rows } = await readBalance(db, { resolved: approved, groupBy }, spent);
  return fundSource.map((code) => {
    const row = rows.find((one) => one.fundSource === code);
    const undoneFen = undone.rows.find((one) => one.fundSource === code)?.amountFen ?? "0";
    const approvedFen = (BigInt(row?.spentFen ?? "0") - BigInt(undoneFen)).toString();
    const waitingFen = waiting.rows.find((one) => one.fundSource === code)?.amountFen ?? "0";
    const receivedFen = row?.receivedFen ?? null;
    const left =
      receivedFen === null ? null : BigInt(receivedFen) - BigInt(approvedFen) - BigInt(waitingFen);
    return {
      fundSource: code,
      receivedFen,
      approvedFen,
      waitingFen,
      leftFen: left?.toString() ?? null,
    };
  });
}

/** Findings of many records at once, by record id, with the answers given to them. */
export async function listFindings(input: Asked): Promise<Map<string, Finding[]>> {
  const found = await judge(input);
  return new Map(
    input.records.map((record) => [
      record.id,
      standingFindings(found.get(record.id) ?? [], record),
    ]),
  );
}

type Named = { list: NamedValue; code: string; nameZh: string; nameEn: string };

/** A refusal with the names of the programmes, sources and campaigns its sentences speak of. */
export async function namedError({ db }: { db: Reader }, error: unknown): Promise<unknown> {
  if (!(error instanceof AppError) || !error.fieldErrors) return error;
  const faults = Object.values(error.fieldErrors).flat();
  const codes = (list: NamedValue) =>
    faults.flatMap(({ values }) => (typeof values?.[list] === "string" ? [values[list]] : []));
  if (NAMED_VALUES.every((list) => codes(list).length === 0)) return error;
  const found = await db.rows<Named>(sql`
    SELECT 'programme' AS list, code, name_zh AS "nameZh", name_en AS "nameEn"
    FROM programmes WHERE code = ANY (${codes("programme")}::text[])
    UNION ALL SELECT 'fundSource', code, name_zh, name_en
    FROM fund_sources WHERE code = ANY (${codes("fundSource")}::text[])
    UNION ALL SELECT 'campaign', code, name_zh, name_en
    FROM campaigns WHERE code = ANY (${codes("campaign")}::text[])`);
  const named = (name: string, value: SaidValue): SaidValue => {
    const one = found.find(({ list, code }) => list === name && code === value);
    return one ? { nameZh: one.nameZh, nameEn: one.nameEn } : value;
  };
  const inWords = ({ key, values = {} }: SaidError): SaidError => ({
    key,
    values: Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, named(name, value)]),
    ),
  });
  return new AppError(error.code, {
    cause: error,
    fieldErrors: Object.fromEntries(
      Object.entries(error.fieldErrors).map(([path, said]) => [path, said.map(inWords)]),
    ),
  });
}

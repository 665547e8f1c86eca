import "server-only";
import type { Prisma } from "@/generated/prisma/client";
import { joinSql, sql, type Sql } from "./pool";

/** The columns of each table that the application writes, as the Prisma schema types them. */
type Tables = {
  admin_requests: Prisma.AdminRequestCreateManyInput;
  adjustments: Prisma.AdjustmentCreateManyInput;
  aid_categories: Prisma.AidCategoryCreateManyInput;
  allotments: Prisma.AllotmentCreateManyInput;
  approval_rules: Prisma.ApprovalRuleCreateManyInput;
  approval_steps: Prisma.ApprovalStepCreateManyInput;
  campaigns: Prisma.CampaignCreateManyInput;
  disbursement_shares: Prisma.DisbursementShareCreateManyInput;
  disbursements: Prisma.DisbursementCreateManyInput;
  expectations: Prisma.ExpectationCreateManyInput;
  export_maps: Prisma.ExportMapCreateManyInput;
  factor_rules: Prisma.FactorRuleCreateManyInput;
  finding_answers: Prisma.FindingAnswerCreateManyInput;
  finding_thresholds: Prisma.FindingThresholdCreateManyInput;
  frozen_figures: Prisma.FrozenFiguresCreateManyInput;
  frozen_views: Pick<
    Prisma.FrozenViewUncheckedCreateInput,
    "viewId" | "placeId" | "query" | "seq" | "definition"
  >;
  fund_sources: Prisma.FundSourceCreateManyInput;
  import_lines: Prisma.ImportLineCreateManyInput;
  import_mappings: Prisma.ImportMappingCreateManyInput;
  imports: Prisma.ImportCreateManyInput;
  memberships: Prisma.MembershipCreateManyInput;
  narrative_texts: Prisma.NarrativeTextUncheckedCreateInput;
  nil_declarations: Prisma.NilDeclarationCreateManyInput;
  organisations: Prisma.OrganisationCreateManyInput;
  projects: Prisma.ProjectCreateManyInput;
  programmes: Prisma.ProgrammeCreateManyInput;
  report_layouts: Prisma.ReportLayoutUncheckedCreateInput;
  publications: Prisma.PublicationCreateManyInput;
  recipient_kinds: Prisma.RecipientKindCreateManyInput;
  saved_views: Prisma.SavedViewUncheckedCreateInput;
  submission_rounds: Prisma.SubmissionRoundCreateManyInput;
  user_identities: Prisma.UserIdentityCreateManyInput;
  users: Prisma.UserCreateManyInput;
  year_closings: Prisma.YearClosingCreateManyInput;
  years: Prisma.YearCreateManyInput;
};
export type Table = keyof Tables;
export type Columns<T extends Table> = Tables[T];

/** amountFen → amount_fen */
const columnOf = (field: string) => field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** Names from our own code, never from a request. */
const name = (text: string): Sql => sql([text]);

/** Money leaves JSON as text: a number would have to be a float. */
export const asJson = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === "bigint" ? inner.toString() : inner,
  );

/** Postgres keeps neither NUL nor half of a surrogate pair; what stood there is shown as unreadable. */
export const storableJson = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === "string" ? inner.replace(/\0|\p{Cs}/gu, "\uFFFD") : inner,
  );

const snake = (row: object) =>
  Object.fromEntries(Object.entries(row).map(([field, value]) => [columnOf(field), value]));

/** Commas between the columns that these fields stand for. */
export const columnList = (fields: readonly string[], prefix = ""): Sql =>
  joinSql(fields.map((field) => name(`${prefix}${columnOf(field)}`)));

/**
 * The rows as a table of the table's own types, in their order. One parameter however many there are,
 * so that one plan serves all sizes.
 */
export const rowsOf = <T extends Table>(table: T, rows: readonly object[]): Sql =>
  sql`jsonb_populate_recordset(NULL::${name(table)}, ${asJson(rows.map(snake))}::jsonb)`;

/** INSERT of one row or many, all with the fields of the first; a RETURNING may follow. */
export function insertInto<T extends Table>(table: T, rows: readonly Partial<Columns<T>>[]): Sql {
  const columns = columnList(Object.keys(rows[0] ?? {}));
  return sql`INSERT INTO ${name(table)} (${columns}) SELECT ${columns} FROM ${rowsOf(table, rows)}`;
}

/** `SET …` of an UPDATE: the fields given, and no others. */
export function setOf<T extends Table>(table: T, fields: Partial<Columns<T>>): Sql {
  const columns = columnList(Object.keys(fields));
  return sql`SET (${columns}) = (SELECT ${columns} FROM ${rowsOf(table, [fields])})`;
}

/** `a = r.a, b = r.b` of an UPDATE … FROM rows called r. */
export const assignments = (fields: readonly string[]): Sql =>
  joinSql(fields.map((field) => name(`${columnOf(field)} = r.${columnOf(field)}`)));

import "server-only";
import { sql, type Sql } from "./db";

/** 编号 in SQL, as `referenceOf` writes it: the place's code, the year, the record's number in six places or more. */
export const voucherNumber = (place: Sql, record: Sql): Sql =>
  sql`(${place}) || '-' || ${record}.fiscal_year || '-' || lpad(${record}.id::text, greatest(6, length(${record}.id::text)), '0')`;

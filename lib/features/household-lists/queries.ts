import "server-only";
import { mayFile } from "@/lib/features/households/policy";
import { openedFiles } from "@/lib/features/households/queries";
import type { Actor } from "@/lib/kernel/actor";
import { AppError } from "@/lib/kernel/app-error";
import { civilDateInChina } from "@/lib/kernel/fiscal-year";
import { FILE_TYPES } from "@/lib/kernel/file-format";
import { reaches, type Scope } from "@/lib/kernel/scope";
import { sql, type Reader } from "@/lib/platform/db";
import { textFile, workbookFile } from "@/lib/platform/spreadsheet";
import { MOST_IN_LIST } from "./labels";
import { listCsv, listSheet } from "./present";
import { rowsOf } from "./rules";
import type { ExportHouseholdsQuery } from "./types";

type Asking = { db: Reader; scope: Scope; actor: Actor; now: Date; query: ExportHouseholdsQuery };

/** To clerks of the place; how many went out is told to the chain before the first byte leaves. */
export async function exportHouseholds({ db, scope, actor, now, query }: Asking) {
  const { org, format, reason } = query;
  const [place] = await db.rows<{ id: number; path: string }>(
    sql`SELECT id, path FROM organisations WHERE code = ${org}`,
  );
  if (!place || !reaches(scope, place.path)) throw new AppError("NOT_FOUND");
  if (!mayFile(actor, place.path)) throw new AppError("FORBIDDEN");
  const files = await openedFiles({ db, scope, actor, org, most: MOST_IN_LIST });
  if (files.length > MOST_IN_LIST)
    throw new AppError("VALIDATION", { fieldErrors: { org: [{ key: "listTooLong", values: { most: MOST_IN_LIST } }] } }); // prettier-ignore
  if (files.some(({ unreadable }) => unreadable)) throw new AppError("UNREADABLE");
  const rows = files.flatMap(rowsOf);
  const body =
    format === "csv"
      ? textFile(listCsv(rows))
      : await workbookFile([listSheet(rows)], { title: "困难职工档案", created: now });
  const name = `困难职工档案_${org}_${civilDateInChina(now)}.${format}`;
  return {
    ...{ name, type: FILE_TYPES[format], body },
    record: {
      ...{ name, organisationId: place.id },
      body: { org, format, taken: reason, households: files.length, members: rows.length },
    },
  };
}

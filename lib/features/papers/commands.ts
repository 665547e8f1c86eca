import "server-only";
import type { DisbursementRecord } from "@/lib/features/disbursements/queries";
import type { FigureFilter } from "@/lib/features/filter/types";
import { findRostered } from "@/lib/features/rosters/queries";
import { AppError, refuseField } from "@/lib/kernel/app-error";
import { civilDateInChina } from "@/lib/kernel/fiscal-year";
import type { Locale } from "@/lib/kernel/preferences";
import { appendAudits, appendExport, type AuditBody } from "@/lib/platform/audit";
import type { WriteContext } from "@/lib/platform/db";
import { mayPrint, mayWork } from "./policy";
import { currentSheets, findPaper, listPrintable, papersOf, receiptsOf } from "./queries";
import { MOST_SHEET_LINES, MOST_SHEETS, type CloseNoticeInput, type PostNoticeInput, type ReceiptsInput, type SayInput } from "./schema"; // prettier-ignore
import { closeNotice, countShown, insertNotice, insertSheet, insertSheets, insertWords } from "./statements"; // prettier-ignore
import type { Papers, PublicNotice, ReceiptFile, SheetsMade } from "./types";

type Working = WriteContext & { now: Date; id: string };

const audit = (
  { tx }: Working,
  record: DisbursementRecord,
  action: "disbursement.sheet" | "disbursement.notice",
  body: AuditBody,
) => appendAudits(tx, [{ action, subjectId: record.id, body }]);

/** The record of a roster that may be printed: it stands, and names somebody. */
async function printable(context: Working): Promise<[DisbursementRecord, Papers]> {
  const record = await findRostered(context);
  if (!mayPrint(context.actor, record)) throw new AppError("FORBIDDEN");
  const papers = await papersOf(context, record);
  if (papers.lines === 0) throw new AppError("TRANSITION");
  return [record, papers];
}

/** 未生成 → 已生成. */
export async function makeSheet(context: Working): Promise<Papers> {
  const [record] = await printable(context);
  await insertSheet(context.tx, record);
  const papers = await papersOf(context, record);
  const [sheet] = papers.sheets;
  audit(context, record, "disbursement.sheet", {
    sheet: sheet?.id ?? "",
    lines: papers.lines,
    amountFen: sheet?.amountFen ?? null,
  });
  return papers;
}

/** The sheets of every record of a filter: of each the one that stands, made where there is none. */
export async function makeSheets(
  context: Omit<Working, "id"> & { filter: FigureFilter },
): Promise<SheetsMade> {
  const { tx } = context;
  const printable = await listPrintable({ ...context, most: MOST_SHEETS });
  const count = printable.reduce((sum, { lines }) => sum + lines, 0);
  if (printable.length === 0) throw new AppError("NOT_FOUND");
  if (printable.length > MOST_SHEETS || count > MOST_SHEET_LINES)
    throw new AppError("VALIDATION", {
      fieldErrors: { filter: [{ key: "tooManySheets", values: { most: MOST_SHEETS, lines: MOST_SHEET_LINES } }] },
    }); // prettier-ignore
  const ids = printable.map(({ id }) => id);
  const made = await insertSheets(tx, ids);
  appendAudits(
    tx,
    made.map(({ id, record, lines, amountFen }) => ({
      action: "disbursement.sheet" as const,
      subjectId: record,
      body: { sheet: id, lines, amountFen },
    })),
  );
  const sheets = await currentSheets(context, ids);
  const priced = sheets.flatMap(({ amountFen }) => (amountFen === null ? [] : [BigInt(amountFen)]));
  return {
    sheets: sheets.map(({ id }) => id),
    made: made.length,
    lines: count,
    amountFen: priced.length === 0 ? null : priced.reduce((a, b) => a + b, 0n).toString(),
  };
}

/**
 * 领款凭条 of single lines. What nobody edits any more is shown as it was typed for a reason alone, and counted before
 * it is read; the chain is told that receipts were made, how many, and of nobody.
 */
export async function makeReceipts(
  context: Working & { locale: Locale; input: ReceiptsInput },
): Promise<ReceiptFile> {
  const { tx, id, input } = context;
  const [record] = await printable(context);
  const nos = [...new Set(input.lines)];
  const isEdited = record.status === "draft" || record.status === "returned";
  if (!isEdited) {
    if (!input.why) return refuseField("why", { key: "required" });
    await countShown(tx, id, nos, input.why);
  }
  const { lines, file } = await receiptsOf(context, record, nos);
  if (lines < nos.length) refuseField("lines", { key: "noSuchLines" });
  appendExport(tx, {
    name: "receipts",
    organisationId: record.organisationId,
    body: { disbursement: id, lines },
  });
  const { name, type, bytes } = file;
  return { name, type, base64: Buffer.from(bytes).toString("base64") };
}

/** 公示: one at a time of each record. */
export async function postNotice(context: Working & { input: PostNoticeInput }): Promise<Papers> {
  const { now, input } = context;
  const [record, before] = await printable(context);
  if (input.postedOn > civilDateInChina(now)) refuseField("postedOn", { key: "futureDate" });
  if (before.notices.some(({ closed }) => closed === null)) throw new AppError("CONFLICT");
  await insertNotice(context.tx, record, input);
  const papers = await papersOf(context, record);
  const { place, postedOn } = input;
  const said = { notice: papers.notices[0]?.id ?? "", did: "post", place, postedOn };
  audit(context, record, "disbursement.notice", { ...said, lines: papers.lines });
  return papers;
}

async function noticeOf(context: Working): Promise<[DisbursementRecord, PublicNotice]> {
  const record = await findPaper(context, "public_notices", context.id);
  if (!mayWork(context.actor, record)) throw new AppError("FORBIDDEN");
  const { notices } = await papersOf(context, record);
  const notice = notices.find(({ id }) => id === context.id);
  if (!notice || notice.closed) throw new AppError("TRANSITION");
  return [record, notice];
}

/** 异议, or the answer to one. What was said is sealed; the chain is told that it was. */
export async function sayOfNotice(context: Working & { input: SayInput }): Promise<Papers> {
  const { tx, now, id, input } = context;
  const [record, notice] = await noticeOf(context);
  const { answers = null, on } = input;
  const objection = notice.objections?.find((one) => one.id === answers);
  if (answers !== null && (!objection || objection.answer)) throw new AppError("TRANSITION");
  if (on > civilDateInChina(now)) refuseField("on", { key: "futureDate" });
  if (on < (objection?.on ?? notice.postedOn)) refuseField("on", { key: "beforeNotice" });
  await insertWords(tx, { id, organisationId: record.organisationId }, input);
  const did = answers === null ? "object" : "answer";
  audit(context, record, "disbursement.notice", {
    ...{ notice: id, did, on },
    ...(answers === null ? {} : { upheld: input.upheld === true }),
  });
  return papersOf(context, record);
}

/** 确认 when its days are over and nothing stands against it, or 撤下 with a reason. */
export async function closeNoticeAs(
  context: Working & { input: CloseNoticeInput },
): Promise<Papers> {
  const { tx, id, input } = context;
  const [record, notice] = await noticeOf(context);
  if (input.as === "confirmed" && !notice.mayConfirm) throw new AppError("NOTICE_OPEN");
  if (input.as === "withdrawn" && !input.reason) refuseField("reason", { key: "required" });
  if ((await closeNotice(tx, id, input)) === 0) throw new AppError("TRANSITION");
  const did = input.as === "confirmed" ? "confirm" : "withdraw";
  audit(context, record, "disbursement.notice", { notice: id, did, reason: input.reason ?? null });
  return papersOf(context, record);
}

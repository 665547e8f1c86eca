import type { CopyKeeper } from "@/components/working-copies/copy-keeper";
import { failureOf, isDecided, newIdempotencyKey } from "@/lib/browser/api-client";
import { createDisbursements, updateDisbursement } from "@/lib/features/disbursements/client";
import type { DisbursementFields } from "@/lib/features/disbursements/schema";
import type { Refusal } from "@/lib/features/disbursements/types";
import { openFindings } from "@/lib/features/findings/present";
import type { Finding } from "@/lib/features/findings/types";
import { columnOf } from "@/lib/features/rows/labels";
import { submitDisbursements } from "@/lib/features/steps/client";
import type { SubmitInput } from "@/lib/features/steps/schema";
import type { GridStore, RowSaid } from "./grid-store";

/** So many rows go in one transaction. */
const SET = 500;

/** Another window has this table too: which of them saves, the person decides. */
export class ForkedError extends Error {}

type Saving = { store: GridStore; keeper: CopyKeeper };

const fieldsOf = (store: GridStore, id: string) => store.readingOf(id).fields;
const rowSaid = (sentences: readonly string[]): RowSaid => ({
  cells: {},
  row: sentences.join(" "),
});

/** rows.3.amountFen → the amount in the fourth of the rows that were sent. */
function refusedRows(errors: Record<string, string[]>, rows: readonly string[]) {
  const said: Record<string, RowSaid> = {};
  for (const [path, sentences] of Object.entries(errors)) {
    const [, place, field] = /^(?:rows|items)\.(\d+)(?:\.(.+))?$/.exec(path) ?? [];
    const id = rows[Number(place ?? NaN)];
    if (id === undefined) continue;
    const { row } = rowSaid([said[id]?.row ?? "", ...sentences].filter(Boolean));
    const cell = field === undefined ? {} : { [columnOf(field)]: sentences.join(" ") };
    said[id] = { cells: { ...said[id]?.cells, ...cell }, row };
  }
  return said;
}

/**
 * Sends what stands in `sent`, under its key: asked again after a lost answer, or by the window that opened the
 * table next, it gives the same drafts.
 */
async function sendSet({ store, keeper }: Saving): Promise<Record<string, RowSaid>> {
  const { sent } = store.state();
  if (sent === null) return {};
  const before = keeper.copy.id;
  await keeper.flush();
  if (keeper.copy.id !== before) {
    store.sending(null);
    throw new ForkedError();
  }
  const body = JSON.parse(sent.body) as { rows: DisbursementFields[] };
  try {
    const { items } = await createDisbursements({ body, idempotencyKey: sent.key });
    const held = items.flatMap((item, at) => {
      const id = sent.rows[at];
      if (id === undefined) return [];
      const changed = JSON.stringify(fieldsOf(store, id)) !== JSON.stringify(body.rows[at]);
      const { id: record, reference, version } = item;
      return [[id, { id: record, reference, version, changed }] as const];
    });
    const { texts } = store.state().content;
    store.hold(Object.fromEntries(held));
    store.judge(
      items.flatMap(({ findings }, at) => {
        const id = sent.rows[at] ?? "";
        return texts[id] ? [[texts[id], { findings }] as const] : [];
      }),
    );
    store.sending(null);
    return {};
  } catch (error) {
    const failure = failureOf(error);
    if (!isDecided(failure)) throw error;
    store.sending(null);
    const said = refusedRows(failure.fieldErrors, sent.rows);
    if (Object.keys(said).length === 0) throw error;
    return said;
  }
}

/** Rows that no draft holds yet: in one set; what is refused stays, with its reason, and the others go without it. */
async function createRows(saving: Saving): Promise<Record<string, RowSaid>> {
  const { store } = saving;
  let said = await sendSet(saving);
  for (;;) {
    const { held } = store.state();
    const rows = store
      .order()
      .filter((id) => !held[id] && !said[id] && fieldsOf(store, id) !== null)
      .slice(0, SET);
    if (rows.length === 0) return said;
    const body = JSON.stringify({ rows: rows.map((id) => fieldsOf(store, id)) });
    store.sending({ key: newIdempotencyKey(), rows, body });
    said = { ...said, ...(await sendSet(saving)) };
  }
}

/** What a row would write into its draft. */
function contentOf(store: GridStore, id: string): string | null {
  const fields = fieldsOf(store, id);
  if (fields === null) return null;
  const { organisation: _organisation, ...content } = fields;
  return JSON.stringify(content);
}

/**
 * Sends the change that stands in `changing`, under its key: asked again after a lost answer, the server knows it for
 * the one it took, where a new one would find a draft that has moved on.
 */
async function sendChange(store: GridStore): Promise<Record<string, RowSaid>> {
  const { changing, held } = store.state();
  const draft = held[changing?.row ?? ""];
  if (changing === null || !draft) return {};
  const { row, key, body } = changing;
  const texts = store.state().content.texts[row] ?? {};
  const same = contentOf(store, row) === body;
  const content = JSON.parse(body) as Omit<DisbursementFields, "organisation">;
  try {
    const record = await updateDisbursement({
      id: draft.id,
      body: { ...content, version: draft.version },
      idempotencyKey: key,
    });
    const changed = !same || store.state().content.texts[row] !== texts;
    store.hold({ [row]: { ...draft, version: record.version, changed } });
    if (same) store.judge([[texts, { findings: record.findings }]]);
    store.changing(null);
    return {};
  } catch (error) {
    const failure = failureOf(error);
    if (!isDecided(failure)) throw error;
    store.changing(null);
    const sentences = Object.values(failure.fieldErrors).flat();
    const message = error instanceof Error ? error.message : failure.code;
    return { [row]: rowSaid(sentences.length > 0 ? sentences : [message]) };
  }
}

/** Drafts whose rows say something else by now. */
async function updateRows({ store }: Saving): Promise<Record<string, RowSaid>> {
  let said = await sendChange(store);
  for (const row of store.order()) {
    const body = store.state().held[row]?.changed ? contentOf(store, row) : null;
    if (body === null) continue;
    store.changing({ key: newIdempotencyKey(), row, body });
    said = { ...said, ...(await sendChange(store)) };
  }
  return said;
}

export type SavedRows = { kept: number; unread: number; refused: number };

/** 存为草稿: every storable row; the others stay as they are, each with its reason. */
export async function saveRows(saving: Saving): Promise<SavedRows> {
  const { store } = saving;
  const said = { ...(await createRows(saving)), ...(await updateRows(saving)) };
  store.say(said);
  const rows = store.order().filter((id) => !store.readingOf(id).blank);
  const { held } = store.state();
  return {
    kept: rows.filter((id) => held[id] && !held[id].changed).length,
    unread: rows.filter((id) => fieldsOf(store, id) === null).length,
    refused: Object.keys(said).length,
  };
}

export type RowAnswers = NonNullable<SubmitInput["answers"]>;
/** A row that stays: what was found in it. */
type StayingRow = { id: string; findings: readonly Finding[] };
export type SubmittedRows = { submitted: string[]; staying: StayingRow[] };

/** 上报 of every row that is a draft as it stands. What may go goes; the others say why they stay. */
export async function submitRows(
  { store }: Saving,
  answers: Readonly<Record<string, RowAnswers>>,
  /** Why a row stays in which nothing was found. */
  saidOf: (refused: Refusal) => RowSaid,
): Promise<SubmittedRows> {
  const { held } = store.state();
  const rows = store.order().filter((id) => held[id] && !held[id].changed);
  const result: SubmittedRows = { submitted: [], staying: [] };
  const said: Record<string, RowSaid> = {};
  for (let from = 0; from < rows.length; from += SET) {
    const some = rows.slice(from, from + SET);
    const items = some.flatMap((id) => {
      const row = held[id];
      return row ? [{ id: row.id, version: row.version, answers: answers[id] ?? [] }] : [];
    });
    const answer = await submitDisbursements({
      body: { items },
      idempotencyKey: newIdempotencyKey(),
    });
    answer.items.forEach((item, at) => {
      const id = some[at] ?? "";
      // Asked again after a lost answer it is submitted already, or approved by now: that is what was wanted.
      if (item.code === null || item.status === "submitted" || item.status === "approved")
        result.submitted.push(id);
      else {
        result.staying.push({ id, findings: item.findings });
        const { hard, unanswered } = openFindings(item.findings);
        if (hard.length + unanswered.length === 0) said[id] = saidOf(item);
      }
    });
  }
  const { texts } = store.state().content;
  store.judge(
    result.staying.flatMap(({ id, findings }) =>
      texts[id] ? [[texts[id], { findings }] as const] : [],
    ),
  );
  store.say({ ...store.said(), ...said });
  store.finish(new Set(result.submitted));
  return result;
}

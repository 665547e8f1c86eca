import "server-only";
import { holdsRole } from "@/lib/kernel/actor";
import { AppError, found } from "@/lib/kernel/app-error";
import { appendAudits } from "@/lib/platform/audit";
import { sql, type WriteContext } from "@/lib/platform/db";
import { insertInto } from "@/lib/platform/tables";
import { bodyOf, refreshed, tokensIn, withTokens } from "./present";
import { WRITERS } from "./policy";
import {
  draftedTokens,
  findPlace,
  findText,
  listTexts,
  numbersNow,
  unknownNumber,
  type TextOf,
} from "./queries";
import { keyOf, withoutEmpty } from "./rules";
import type { SaveTextInput } from "./schema";
import type { How, TextBody, TextToken, TextVersion } from "./types";

type Source = { body: TextBody; tokens: Map<string, TextToken>; seq: number; asOf: string };
type Saving = WriteContext & { body: SaveTextInput };

const byKey = (body: TextBody) => new Map(tokensIn(body).map((token) => [keyOf(token), token]));

/** What a text may take its numbers from: the version it was made of, or the draft as it was read. */
async function sourceOf({ db, scope, body: asked }: Saving, of: TextOf): Promise<Source> {
  if (asked.source !== null) {
    const text = found(await findText({ db, scope, ...of, version: asked.source }));
    return { body: text.body, tokens: byKey(text.body), seq: text.seq, asOf: text.asOf };
  }
  const now = await draftedTokens({ db, scope, ...of, length: asked.length });
  // what waits for approval is said of the present alone: an earlier draft has every number but that
  const then =
    asked.seq === undefined || asked.seq === now.seq
      ? now
      : await draftedTokens({ db, scope, ...of, length: asked.length, seq: asked.seq });
  const body = bodyOf(then.narrative);
  return { body, tokens: new Map([...byKey(bodyOf(now.narrative)), ...byKey(body)]), seq: then.seq, asOf: then.asOf }; // prettier-ignore
}

/** Prose as it was typed; every number as the server itself wrote it. */
function composed(text: NonNullable<SaveTextInput["text"]>, { tokens }: Source): TextBody {
  const paragraphs = withTokens(text.paragraphs, (key): TextToken => {
    const token = tokens.get(keyOf(key));
    if (token === undefined) throw unknownNumber(key.figure);
    return token;
  });
  return {
    title: text.title,
    paragraphs: paragraphs.map(({ head, pieces }) => ({
      head: head === "" ? null : head,
      pieces: withoutEmpty(pieces),
    })),
  };
}

const howOf = ({ text, refresh }: SaveTextInput): How =>
  refresh ? "refreshed" : text === null ? "restored" : "edited";

export async function saveText(input: Saving): Promise<TextVersion> {
  const { tx, db, scope, actor, body: asked } = input;
  const { year, org, lang } = asked;
  const of = { year, org, lang };
  if (asked.source === null && asked.text === null)
    throw new AppError("VALIDATION", { fieldErrors: { text: [{ key: "required" }] } });
  const organisation = await findPlace({ db, scope, code: org });
  if (!holdsRole(actor, WRITERS, organisation.path)) throw new AppError("FORBIDDEN");
  const [newest] = await listTexts({ db, scope, ...of });
  if ((newest?.version ?? 0) !== asked.latest) throw new AppError("STALE");
  const source = await sourceOf(input, of);
  let body = asked.text === null ? source.body : composed(asked.text, source);
  let { seq, asOf } = source;
  if (asked.refresh) {
    const now = await numbersNow({ db, scope, ...of }, tokensIn(body));
    body = { ...body, paragraphs: refreshed(body.paragraphs, now.nowOf, now.seq) };
    ({ seq, asOf } = now);
  }
  const version = asked.latest + 1;
  const how = howOf(asked);
  const row = {
    ...{ organisationId: organisation.id, year, lang, version, authorId: actor.userId },
    ...{ how: how.toUpperCase(), source: asked.source, body, seq, asOf: new Date(asOf) },
  };
  const [made] = await tx.rows<{ id: string }>(
    sql`${insertInto("narrative_texts", [row])} RETURNING id::text AS id`,
  );
  const { id } = found(made ?? null);
  appendAudits(tx, [
    { action: "narrative.save", subjectId: id, body: { year, org, language: lang, version } },
  ]);
  const text = found(await findText({ db: tx, scope, id }));
  const { body: _body, year: _year, org: _org, lang: _lang, ...told } = text;
  return told;
}

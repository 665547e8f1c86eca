import { nameOf } from "@/lib/features/reference/present";
import type { Organisation } from "@/lib/features/reference/types";
import { narrativeWords } from "@/lib/features/narratives/labels";
import { narrativeText } from "@/lib/features/narratives/present";
import type { Narrative } from "@/lib/features/narratives/types";
import { civilDateInChina } from "@/lib/kernel/fiscal-year";
import type { Locale } from "@/lib/kernel/preferences";
import type { Origin } from "@/lib/kernel/record-codes";
import { dayText } from "@/lib/kernel/written";
import type {
  MarkedBody,
  MarkedPiece,
  Now,
  SavedText,
  TextBody,
  TextParagraph,
  TextToken,
  TokenKey,
} from "./types";

type Prose<T> = { paragraphs: readonly { pieces: readonly (string | T)[] }[] };

export const tokensIn = <T extends object>({ paragraphs }: Prose<T>): T[] =>
  paragraphs.flatMap(({ pieces }) => pieces.filter((piece) => typeof piece !== "string"));

/** A draft as a text that somebody goes on writing. */
export function bodyOf({
  heading,
  paragraphs,
  seq,
}: Pick<Narrative, "heading" | "paragraphs" | "seq">): TextBody {
  return {
    title: heading[0] ?? "",
    paragraphs: withTokens(paragraphs, (token) => ({ ...token, seq })),
  };
}

export const withTokens = <T extends object, U extends object>(
  paragraphs: readonly { head: string | null; pieces: readonly (string | T)[] }[],
  change: (token: T) => U,
): { head: string | null; pieces: (string | U)[] }[] =>
  paragraphs.map(({ head, pieces }) => ({
    head,
    pieces: pieces.map((piece) => (typeof piece === "string" ? piece : change(piece))),
  }));

/** Each number with what it is now, where that is another. */
export function marked(
  body: TextBody,
  nowOf: (key: TokenKey) => Now,
): { body: MarkedBody; moved: number } {
  let moved = 0;
  const mark = (token: TextToken): Exclude<MarkedPiece, string> => {
    const { value, text } = nowOf(token);
    if (value === token.value) return { ...token, now: null };
    moved += 1;
    return { ...token, now: { value, text } };
  };
  return { body: { title: body.title, paragraphs: withTokens(body.paragraphs, mark) }, moved };
}

/** With the numbers of the day; what the ledger does not say any more stays as it was, and marked. */
export const refreshed = (
  paragraphs: readonly TextParagraph[],
  nowOf: (key: TokenKey) => Now,
  seq: number,
): TextParagraph[] =>
  withTokens(paragraphs, (token: TextToken) => {
    const { value, text } = nowOf(token);
    return text === null ? token : { ...token, value, text, seq };
  });

type Standing = { year: number; lang: Locale; asOf: string };

/** What the server writes under a title, and at the end. */
export function headings({ year, lang, asOf }: Standing, root: Organisation, origin: Origin) {
  const words = narrativeWords(lang);
  const place = nameOf(root, lang);
  const day = dayText(civilDateInChina(new Date(asOf)), lang);
  const [, period = ""] = words.heading({ year, place, day, origin });
  return { period, signed: words.signed(place) };
}

/** As the API tells it: the whole as plain text, and where in it each number stands. */
export function answerOf({ body, period, signed, ...version }: SavedText) {
  const { title, paragraphs } = body;
  const { text, tokens } = narrativeText({ heading: [title, period], paragraphs, signed });
  const marks = tokensIn(body);
  const told = tokens.map((token, n) => ({
    ...token,
    seq: marks[n]?.seq ?? version.seq,
    now: marks[n]?.now ?? null,
  }));
  return { ...version, title, text, tokens: told };
}

import type { FigureFilter } from "@/lib/features/filter/types";
import { nameOf, placeName } from "@/lib/features/reference/present";
import type { Coded, Season } from "@/lib/features/reference/types";
import { eachCount, type CountUnit } from "@/lib/kernel/counts";
import { civilDateInChina } from "@/lib/kernel/fiscal-year";
import type { Locale } from "@/lib/kernel/preferences";
import { dayText } from "@/lib/kernel/written";
import { balanceOf, figureOf } from "./address";
import { narrativeWords, type Figured } from "./labels";
import { amountOf, amountText, isTold } from "./rules";
import type {
  Clause,
  Length,
  Narrative,
  NarrativeFigures,
  Paragraph,
  Part,
  Piece,
  ProgrammePart,
  Said,
  Token,
} from "./types";

/** Figures → the sentences that say them. */

/** As the field tells its year: winter first, what its members pay for last. */
const ORDER: readonly Season[] = [
  "winter",
  "spring",
  "summer",
  "autumn",
  "breakfast",
  "assistance",
  "other",
];

const token = (one: Token): Clause => [one];

/** A count of nothing is none that anybody noted. */
function countToken(
  { filter, sums }: Pick<Said, "filter" | "sums">,
  unit: CountUnit,
  locale: Locale,
): Clause {
  const count = sums[unit];
  if (count <= 0) return null;
  const [form] = filter.form ?? [];
  const text = narrativeWords(locale).count(unit, count, form ?? null);
  return token({ text, figure: figureOf(filter, unit), value: String(count), unit });
}

function recordsToken(filter: Said["filter"], count: number, locale: Locale): Clause {
  if (count <= 0) return null;
  const text = narrativeWords(locale).records(count);
  return token({ text, figure: figureOf(filter, "records"), value: String(count), unit: "records" }); // prettier-ignore
}

const ofKind = (filter: Said["filter"], amountKind: NonNullable<FigureFilter["amountKind"]>) => ({
  ...filter,
  amountKind,
});

function figured(said: Said, locale: Locale): Figured {
  const { filter, sums } = said;
  const amount = amountOf(said);
  return {
    ...eachCount((unit) => countToken(said, unit, locale)),
    records: recordsToken(filter, sums.records, locale),
    unvalued: recordsToken(ofKind(filter, ["unvalued"]), sums.unvalued, locale),
    amount: amount && [
      {
        text: amountText(amount, locale),
        figure: figureOf(filter, "amountFen"),
        value: amount.fen.toString(),
        unit: "fen",
      },
    ],
  };
}

/** One number alone, as the drafts write it; null: nothing to tell. */
export function tokenOf(said: Said, unit: Token["unit"], locale: Locale): Token | null {
  if (unit === "organisations") return null;
  const { amount, ...counts } = figured(said, locale);
  const [piece] = (unit === "fen" ? amount : counts[unit]) ?? [];
  return typeof piece === "object" ? piece : null;
}

type Telling = { figures: NarrativeFigures; locale: Locale };

function coded(list: readonly Coded[], code: string): Coded {
  return list.find((one) => one.code === code) ?? { code, nameZh: code, nameEn: code };
}

function partClause(part: Part, contributory: boolean, { figures, locale }: Telling): Clause {
  const { aidCategories, recipientKinds } = figures.reference;
  const { aidCategory, recipientKind, form } = part;
  const given = {
    category: coded(aidCategories, aidCategory),
    kind: recipientKind === null ? null : coded(recipientKinds, recipientKind),
    form,
    contributory,
  };
  return narrativeWords(locale).part(given, figured(part, locale));
}

function paragraph(head: string | null, ...clauses: (Clause | string)[]): Paragraph[] {
  const pieces: Piece[] = clauses.flatMap((one) => one ?? []);
  return pieces.length === 0 ? [] : [{ head, pieces }];
}

const programmeName = ({ code }: ProgrammePart, { figures, locale }: Telling): string =>
  nameOf(coded(figures.reference.programmes, code), locale);

/** A paragraph a programme: what it came to, and what of it went to whom. */
function programmeParagraph(programme: ProgrammePart, telling: Telling): Paragraph[] {
  const { locale } = telling;
  const words = narrativeWords(locale);
  const { contributory, parts } = programme;
  const name = programmeName(programme, telling);
  const said = parts.map((part) => partClause(part, contributory, telling)).filter((one) => one !== null); // prettier-ignore
  // one part that says everything needs no sum before it
  const whole = parts.length === 1 && said.length === 1 && parts[0]?.sums.records === programme.sums.records; // prettier-ignore
  const lead = whole ? null : words.lead(figured(programme, locale));
  const told = words.parts(lead, said);
  const apart = contributory && told !== null ? words.apart(name, true) : "";
  return paragraph(words.head(name), ...(apart === "" ? [] : [apart]), told);
}

function briefParagraphs(programmes: readonly ProgrammePart[], telling: Telling): Paragraph[] {
  const words = narrativeWords(telling.locale);
  const briefs = (some: readonly ProgrammePart[]) =>
    words.briefs(
      some.map((one) => words.brief(programmeName(one, telling), figured(one, telling.locale))),
    );
  const apart = programmes.filter(({ contributory }) => contributory);
  return [
    ...paragraph(null, briefs(programmes.filter(({ contributory }) => !contributory))),
    ...apart.flatMap((one) =>
      paragraph(null, words.apart(programmeName(one, telling), false), briefs([one])),
    ),
  ];
}

function placesParagraph({ figures, locale }: Telling): Paragraph[] {
  const words = narrativeWords(locale);
  const said = figures.places.map((part) => {
    const name = placeName(part.place, locale);
    return words.spentBy(part.own ? words.own(name) : name, figured(part, locale));
  });
  return paragraph(null, words.places(said));
}

function openingParagraph({ figures, locale }: Telling): Paragraph[] {
  const words = narrativeWords(locale);
  const { root, total, balance, underWay } = figures;
  const place = words.place(nameOf(root, locale), root.leaf);
  const fen = balance.totals.receivedFen;
  const received: Clause = fen === null ? null : [
    {
      text: amountText({ fen: BigInt(fen), direction: null, words: null }, locale),
      figure: balanceOf(total.filter),
      value: fen,
      unit: "fen",
    },
  ]; // prettier-ignore
  if (received === null && !isTold(total.sums))
    return paragraph(null, words.nothing(place, underWay));
  const figured_ = figured(total, locale);
  return paragraph(null, words.opening({ place, underWay, received, figures: figured_ }));
}

function notesParagraph({ figures, locale }: Telling): Paragraph[] {
  const words = narrativeWords(locale);
  const { total, submitted, balance } = figures;
  const { filter, sums } = total;
  const count = balance.leftOut.withoutReceipts;
  return paragraph(
    null,
    words.notes({
      estimated: recordsToken(ofKind(filter, ["estimated"]), sums.estimated, locale),
      unvalued: recordsToken(ofKind(filter, ["unvalued"]), sums.unvalued, locale),
      submitted: recordsToken({ ...filter, status: ["submitted"] }, submitted ?? 0, locale),
      withoutReceipts:
        count === 0
          ? null
          : token({
              text: words.organisations(count),
              figure: balanceOf(filter),
              value: String(count),
              unit: "organisations",
            }),
    }),
  );
}

function inOrder({ figures }: Telling): ProgrammePart[] {
  const season = new Map(figures.reference.programmes.map((one) => [one.code, one.season]));
  const at = ({ code, contributory }: ProgrammePart) =>
    contributory ? ORDER.length : ORDER.indexOf(season.get(code) ?? "other");
  return [...figures.programmes].sort((left, right) => at(left) - at(right));
}

export function draft(figures: NarrativeFigures, locale: Locale, length: Length): Narrative {
  const words = narrativeWords(locale);
  const telling = { figures, locale };
  const programmes = inOrder(telling);
  const name = nameOf(figures.root, locale);
  const day = dayText(civilDateInChina(new Date(figures.asOf)), locale);
  return {
    heading: words.heading({ year: figures.year, place: name, day, origin: figures.origin }),
    paragraphs: [
      ...openingParagraph(telling),
      ...(length === "short"
        ? briefParagraphs(programmes, telling)
        : [
            ...programmes.flatMap((one) => programmeParagraph(one, telling)),
            ...placesParagraph(telling),
          ]),
      ...notesParagraph(telling),
    ],
    signed: words.signed(name),
    asOf: figures.asOf,
    seq: figures.seq,
  };
}

/** The whole as plain text, and where in it each number stands. */
export function narrativeText({
  heading,
  paragraphs,
  signed,
}: Pick<Narrative, "heading" | "paragraphs" | "signed">) {
  let text = `${heading.join("\n")}\n`;
  const tokens: (Omit<Token, "text"> & { start: number; end: number })[] = [];
  for (const { head, pieces } of paragraphs) {
    text += `\n${head ?? ""}`;
    for (const piece of pieces) {
      const start = text.length;
      text += typeof piece === "string" ? piece : piece.text;
      if (typeof piece === "string") continue;
      const { figure, value, unit } = piece;
      tokens.push({ start, end: text.length, figure, value, unit });
    }
    text += "\n";
  }
  return { text: `${text}\n${signed}\n`, tokens };
}

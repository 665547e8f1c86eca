import { amountOf, daysOf, finding, sum } from "@/lib/features/checks/rules";
import type { CheckedRecord, Draft, FindingContext } from "@/lib/features/checks/types";

/** What compares a record with others, or with numbers that are kept for its place. */
type Check = (record: CheckedRecord, context: FindingContext) => Draft | Draft[] | null;

const WAN = 1_000_000n;

/** Where the province has recorded no allotment yet, the reviewer is told; the clerk is not stopped. */
const checkReceived: Check = (_, { earmarked }) =>
  earmarked
    .filter(({ limit }) => limit !== "none")
    .map((source) => ({ ...source, received: source.receivedFen ?? 0n }))
    .filter(({ spentFen, received }) => spentFen > received)
    .map(({ fundSource, limit, receivedFen, spentFen, received }) =>
      finding(
        "over-received",
        "shares",
        {
          fundSource,
          receivedFen: received.toString(),
          spentFen: spentFen.toString(),
          overFen: (spentFen - received).toString(),
        },
        receivedFen === null ? "notice" : limit === "stop" ? "hard" : "soft",
      ),
    );

/** How many times one is of the other, to a tenth: "3.2", "0.4"; to a hundredth where a tenth says nothing. */
function timesText(value: bigint, of: bigint): string {
  if (of <= 0n) return "—";
  const hundredths = (value * 100n + of / 2n) / of;
  return (Number(hundredths) / 100).toFixed(hundredths < 10n ? 2 : 1);
}

/** 25 → "2.5", 20 → "2". */
const tenthsText = (tenths: number) => String(tenths / 10);

/** Both far from the middle in the peers' own spread, and so many times of it, or less than that part of it. */
const checkPerHead: Check = (r, { peers, mainUnit, months, thresholds }) => {
  const amount = amountOf(r);
  const count = r.counts[mainUnit] ?? 0;
  if (!peers || amount === null || count <= 0) return null;
  const perHead = amount / BigInt(count * months);
  const { medianFen, deviationFen } = peers;
  const distance = perHead > medianFen ? perHead - medianFen : medianFen - perHead;
  const [times, spread] = [thresholds["per-head-times"], thresholds["per-head-spread"]];
  const usual =
    perHead * 10n <= medianFen * BigInt(times) && perHead * BigInt(times) >= medianFen * 10n;
  if (usual || distance * 10n <= deviationFen * BigInt(spread)) return null;
  return finding("per-head-unusual", "amountFen", {
    per: mainUnit,
    over: months,
    side: perHead > medianFen ? "high" : "low",
    times: timesText(perHead, medianFen),
    limit: tenthsText(times),
    perHeadFen: perHead.toString(),
    medianFen: medianFen.toString(),
    peers: peers.count,
    unit: mainUnit,
    count,
    amountFen: amount.toString(),
  });
};

/** More than so many times last year's whole, and by more than so much. */
const checkLastYear: Check = (r, { thisYearFen, lastYearFen, thresholds }) => {
  if (r.amountFen === null || lastYearFen <= 0n) return null;
  const [times, more] = [thresholds["last-year-times"], thresholds["last-year-more"]];
  if (thisYearFen * 10n <= lastYearFen * BigInt(times)) return null;
  if (thisYearFen - lastYearFen <= BigInt(more)) return null;
  return finding("much-above-last-year", "amountFen", {
    limit: tenthsText(times),
    moreFen: String(more),
    thisYearFen: thisYearFen.toString(),
    lastYearFen: lastYearFen.toString(),
  });
};

const checkDuplicates: Check = (r, { duplicates, thresholds }) =>
  duplicates.length === 0
    ? null
    : finding("possible-duplicate", null, {
        days: thresholds["duplicate-days"],
        alike: r.amountFen === null ? "counts" : "amount",
        references: duplicates.join(", "),
      });

/** Whole 万元, from so much up, in the last five days of a quarter. */
const checkRound: Check = (r, { thresholds }) => {
  const amount = amountOf(r);
  const from = BigInt(thresholds["round-from"]);
  if (amount === null || r.paidOn === null || amount < from || amount % WAN !== 0n) return null;
  const atEnd = /-(03|12)-(2[7-9]|3[01])$|-(06|09)-(2[6-9]|30)$/.test(r.paidOn);
  return atEnd
    ? finding("round-at-period-end", "amountFen", {
        amountFen: amount.toString(),
        date: r.paidOn,
        fromFen: from.toString(),
      })
    : null;
};

/** So many times what others paid last for one of it, or less than that part of it. */
const checkUnitPrice: Check = (r, { unitPrices, thresholds }) => {
  if (!r.rate || !unitPrices) return null;
  const unitFen = BigInt(r.rate.unitFen);
  const { medianFen, count } = unitPrices;
  const times = BigInt(thresholds["unit-price-times"]);
  if (unitFen * 10n <= medianFen * times && unitFen * times >= medianFen * 10n) return null;
  return finding("unit-price-unusual", "rate", {
    side: unitFen > medianFen ? "high" : "low",
    times: timesText(unitFen, medianFen),
    limit: tenthsText(thresholds["unit-price-times"]),
    unitFen: unitFen.toString(),
    medianFen: medianFen.toString(),
    peers: count,
  });
};

/** More for each, and month, than the standard of the programme, year and place; 0 = there is none. */
const checkStandard: Check = (r, { mainUnit, months, thresholds }) => {
  const amount = amountOf(r);
  const count = r.counts[mainUnit] ?? 0;
  const standard = BigInt(thresholds["standard-per-head"]);
  if (standard === 0n || amount === null || count <= 0) return null;
  const heads = BigInt(count * months);
  if (amount <= standard * heads) return null;
  return finding("above-standard", "amountFen", {
    per: mainUnit,
    over: months,
    unit: mainUnit,
    count,
    amountFen: amount.toString(),
    perHeadFen: (amount / heads).toString(),
    standardFen: standard.toString(),
  });
};

/** Where money for a purpose takes part, what else has to come to so much of the amount. */
const checkCoFunding: Check = (r, { earmarked: sources, thresholds }) => {
  const earmarked = sources.filter(({ isEarmarked }) => isEarmarked);
  const amount = amountOf(r);
  const least = thresholds["co-funding-share"];
  if (least === 0 || earmarked.length === 0 || amount === null || amount <= 0n) return null;
  const own = sum(
    r.shares
      .filter((share) => !earmarked.some(({ fundSource }) => fundSource === share.fundSource))
      .map((share) => BigInt(share.amountFen ?? 0)),
  );
  if (own * 100n >= amount * BigInt(least)) return null;
  return finding("co-funding-low", "shares", {
    ownFen: own.toString(),
    amountFen: amount.toString(),
    share: Number((own * 100n) / amount),
    least,
  });
};

const checkOtherHeadings: Check = (r, { otherHeadings, thresholds }) => {
  const [first] = otherHeadings;
  if (!first || r.amountFen === null) return null;
  return finding("same-under-other-heading", null, {
    programme: first.programme,
    days: thresholds["other-heading-days"],
    amountFen: r.amountFen,
    references: otherHeadings.map(({ reference }) => reference).join(", "),
  });
};

/** Many records in the last five days of a quarter, and most of the quarter's. */
const checkBunched: Check = (_, { bunched, thresholds }) => {
  if (!bunched) return null;
  const { count, before, from, to } = bunched;
  const share = thresholds["bunched-share"];
  if (count < thresholds["bunched-from"] || count * 100 < (count + before) * share) return null;
  return finding("bunched-at-period-end", null, { from, to, count, all: count + before, share });
};

/** What the lines of a roster come to is what the record says; an amount known roughly is not held against them. */
const checkRosterAmount: Check = (r, { roster }) => {
  if (!roster || r.amountKind === "estimated" || (r.amountKind === "exact" && r.amountFen === null))
    return null;
  const recorded = amountOf(r) ?? 0n;
  const listed = BigInt(roster.amountFen);
  if (listed === recorded) return null;
  return finding("roster-amount", "roster", {
    lines: roster.lines,
    listedFen: listed.toString(),
    amountFen: recorded.toString(),
    differenceFen: (listed - recorded).toString(),
  });
};

/** Persons, households and packs each by themselves: one is never made up for by another. */
const checkRosterCounts: Check = (r, { roster }) =>
  roster &&
  (["persons", "households", "packs"] as const).flatMap((unit) => {
    const count = r.counts[unit];
    const listed = roster[unit];
    if (count === undefined || count === listed) return [];
    return finding("roster-counts", "roster", {
      lines: roster.lines,
      unit,
      listed,
      count,
      difference: listed - count,
    });
  });

/** One person, one programme, one period. What stands elsewhere is told at submission alone, by the law itself. */
const checkAidedTwice: Check = (_, { roster }) => {
  if (!roster) return null;
  const { twice, known, references } = roster;
  const found: Draft[] = [];
  const said = (where: string, lines: readonly number[]) =>
    finding("aided-twice", "roster", {
      where,
      lines: lines.join(", "),
      count: lines.length,
      references: where === "ledger" ? references.join(", ") : "",
    });
  if (twice.length > 0) found.push(said("roster", twice));
  if (known.length > 0) found.push(said("ledger", known));
  return found;
};

const ALIKE = {
  account: "same-account",
  phone: "same-phone",
  name: "near-name",
  household: "same-household",
} as const;

/** What lines have in common and may be right: asked once a kind, by line numbers alone. */
const checkAlikeLines: Check = (_, { roster }) =>
  roster &&
  (["account", "phone", "name", "household"] as const).flatMap((of) => {
    const groups = roster.alike.filter((one) => one.of === of);
    if (groups.length === 0) return [];
    const within = groups.find(({ where }) => where === "roster");
    const known = groups.find(({ where }) => where === "ledger");
    return finding(ALIKE[of], "roster", {
      where: within && known ? "both" : known ? "ledger" : "roster",
      lines: within?.lines.join(", ") ?? "",
      known: known?.lines.join(", ") ?? "",
      count: (within?.count ?? 0) + (known?.count ?? 0),
      references: known?.references.join(", ") ?? "",
    });
  });

/** Where its programme asks for it, whoever is named hung out and nobody's objection stands. */
const checkNotice: Check = (_, { notice }) => notice && finding("notice-missing", "notice", notice);

/** From an amount on that somebody laid down, a record shows something; of a form that is not saved nothing is asked. */
const checkMissing: Check = (r, { evidence, thresholds }) => {
  const from = BigInt(thresholds["evidence-from"]);
  const amount = amountOf(r);
  if (!evidence || evidence.files > 0 || from === 0n || amount === null || amount < from)
    return null;
  return finding("evidence-missing", "evidence", {
    amountFen: amount.toString(),
    fromFen: from.toString(),
  });
};

const listedOf = (texts: readonly string[]) => [...new Set(texts)].join(", ");
type Told = { no: number; references: readonly string[]; elsewhere: boolean };

/** Where they are, as far as the reader may know: elsewhere is said, and nothing more of it. */
const toldOf = (
  rule: "evidence-used" | "photo-alike" | "invoice-twice",
  told: readonly Told[],
  more = {},
) =>
  told.length === 0
    ? null
    : finding(rule, "evidence", {
        files: told.map(({ no }) => no).join(", "),
        references: listedOf(told.flatMap(({ references }) => references)),
        where: told.some(({ elsewhere }) => elsewhere)
          ? told.some(({ references }) => references.length > 0)
            ? "both"
            : "elsewhere"
          : "ledger",
        ...more,
      });

const checkUsed: Check = (_, { evidence }) => evidence && toldOf("evidence-used", evidence.used);

const checkInvoices: Check = (_, { evidence }) =>
  evidence &&
  toldOf("invoice-twice", evidence.invoices, {
    numbers: listedOf(evidence.invoices.map(({ number }) => number)),
  });

const checkAlike: Check = (_, { evidence }) => evidence && toldOf("photo-alike", evidence.alike);

/** The days of its campaign, else the months in which it was paid. */
function photographed(r: CheckedRecord, campaign: FindingContext["campaign"]) {
  if (campaign) return { from: campaign.startsOn, to: campaign.endsOn };
  const days = daysOf(r);
  return days && { from: `${days[0].slice(0, 7)}-01`, to: `${days[1].slice(0, 7)}-31` };
}

const checkTaken: Check = (r, { evidence, campaign }) => {
  const span = photographed(r, campaign);
  if (!evidence || !span) return null;
  const outside = evidence.taken.filter(({ day }) => day < span.from || day > span.to);
  const [first] = outside;
  if (!first) return null;
  return finding("photo-day", "evidence", {
    files: outside.map(({ no }) => no).join(", "),
    date: first.day,
    of: campaign ? "campaign" : "months",
  });
};

/** Signatures counted on every sheet, and the lines of the roster: each line is one that receives. */
const checkSignatures: Check = (_, { evidence, roster }) => {
  const signatures = evidence?.signatures;
  if (!roster || signatures === undefined || signatures === null || signatures === roster.lines)
    return null;
  const difference = signatures - roster.lines;
  return finding("signatures-differ", "evidence", { signatures, lines: roster.lines, difference });
};

const COMPARISONS: readonly Check[] = [
  checkReceived,
  checkCoFunding,
  checkPerHead,
  checkUnitPrice,
  checkStandard,
  checkLastYear,
  checkDuplicates,
  checkOtherHeadings,
  checkRound,
  checkBunched,
  checkRosterAmount,
  checkRosterCounts,
  checkAidedTwice,
  checkAlikeLines,
  checkNotice,
  checkMissing,
  checkUsed,
  checkAlike,
  checkTaken,
  checkInvoices,
  checkSignatures,
];

export const findBeside = (record: CheckedRecord, context: FindingContext): Draft[] =>
  COMPARISONS.flatMap((check) => check(record, context) ?? []);

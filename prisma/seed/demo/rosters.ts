import type pg from "pg";
import { closeNoticeAs, makeSheet, postNotice } from "@/lib/features/papers/commands";
import { postPayments } from "@/lib/features/payments/commands";
import type { LineInput } from "@/lib/features/rosters/types";
import { splitFen } from "@/lib/kernel/money";
import { writeOn } from "@/lib/platform/db";
import { KEY_USES, keysOf } from "@/lib/platform/keys";
import type { DemoSessions } from "./accounts";
import { A_PLACE, holderOf, nameOf, PLACES } from "./households";
import type { Life } from "./life";

/** Whom the household files name, once a programme and year: the first records that are small enough. */
const PROGRAMME = "golden-autumn";
const YEARS = [2025, 2026] as const;

/** Before anything is sealed: by which keys it is. */
export async function keepKeys(owner: pg.Client): Promise<void> {
  for (const use of KEY_USES)
    for (const key of keysOf(use))
      await owner.query("SELECT guard.keep_key($1, $2, $3)", [use, key.id, key.check().toString("hex")]); // prettier-ignore
}

/** Of no bank: noughts behind a prefix, with the digit that makes them a card's. */
function accountOf(n: number): string {
  const digits = `622848${"0".repeat(9)}${String(n).padStart(3, "0")}`;
  const sum = [...digits].reverse().reduce((total, sign, at) => {
    const doubled = at % 2 === 0 ? Number(sign) * 2 : Number(sign);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return digits + String((10 - (sum % 10)) % 10);
}

function linesOf(at: number, { record }: Life): LineInput[] {
  const { persons = 0, households = 0 } = record.counts;
  const parts = splitFen(
    record.amountFen ?? 0n,
    Array.from({ length: persons }, () => 1n),
  );
  return parts.map((amountFen, n) => ({
    ...holderOf(at * A_PLACE + n),
    account: accountOf(at * A_PLACE + n),
    amountFen: amountFen.toString(),
    households: n < households ? 1 : null,
    note: "演示名单",
  }));
}

/** Whoever signed for a pack in one county: longer than what one person may see at once. */
const LONG = { place: "630123", year: 2026, programme: "cool-summer", from: 51, to: 150 } as const;

const signedFor = ({ record }: Life): LineInput[] => {
  const { persons = 0, packs } = record.counts;
  const parts = splitFen(
    record.amountFen ?? 0n,
    Array.from({ length: persons }, () => 1n),
  );
  return parts.map((amountFen, n) => ({
    name: nameOf(n),
    amountFen: amountFen.toString(),
    packs: packs === undefined ? null : 1,
    note: "演示名单",
  }));
};

function longRosterOf<L extends Life>(
  place: string,
  lives: readonly L[],
  corrected: ReadonlySet<L>,
): [L, LineInput[]][] {
  if (place !== LONG.place) return [];
  const found = lives.find((life) => {
    const { fate, fiscalYear, programme, counts, amountKind } = life.record;
    const { persons = 0, packs = persons } = counts;
    return fate === "approved" && fiscalYear === LONG.year && programme === LONG.programme && amountKind === "EXACT" &&
      packs === persons && persons >= LONG.from && persons <= LONG.to && !corrected.has(life);
  }); // prettier-ignore
  return found ? [[found, signedFor(found)]] : [];
}

/** Which of these records have a roster, and its lines. */
export function rostersOf<L extends Life>(
  place: string,
  lives: readonly L[],
  corrected: ReadonlySet<L>,
): Map<L, LineInput[]> {
  const at = PLACES.findIndex((code) => code === place);
  if (at === -1) return new Map();
  const fits = (life: L) => {
    const { fate, programme, counts, amountKind, form } = life.record;
    return programme === PROGRAMME && fate === "approved" && amountKind === "EXACT" && form === "TRANSFER" &&
      (counts.persons ?? 99) <= A_PLACE && (counts.persons ?? 0) > 1 && !corrected.has(life);
  }; // prettier-ignore
  const chosen = YEARS.flatMap(
    (year) => lives.find((life) => life.record.fiscalYear === year && fits(life)) ?? [],
  );
  return new Map([
    ...chosen.map((life): [L, LineInput[]] => [life, linesOf(at, life)]),
    ...longRosterOf(place, lives, corrected),
  ]);
}

type Rostered = { organisation: string; year: number; id: string; paidOn: string; lines: number };

const daysAfter = (day: string, days: number) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

/**
 * What became of two of them: the list of one hung out and was confirmed, and its sheet was made; the money of another
 * came to all but one, which the bank sent back. Nothing that this machine's clock does not know of yet.
 */
export async function livePapers(
  owner: pg.Client,
  sessions: DemoSessions,
  rostered: readonly Rostered[],
): Promise<void> {
  const { rows } = await owner.query<{ now: Date }>("SELECT now()");
  const now = rows[0]?.now ?? new Date(0);
  const today = now.toISOString().slice(0, 10);
  const of = (year: number) => rostered.find((one) => one.organisation === "630123" && one.year === year); // prettier-ignore
  await owner.query("SET LOCAL ROLE nuanzhang_app");
  const session = sessions.of("CLERK", "630123");
  const noticed = of(2025);
  if (noticed && daysAfter(noticed.paidOn, 40) < today) {
    const { id, paidOn } = noticed;
    const hung = await writeOn(owner, session, (c) =>
      postNotice({
        ...{ ...c, now, id },
        input: { place: "示例公示栏（演示）", telephone: "0970-0000000", postedOn: daysAfter(paidOn, 10) }, // prettier-ignore
      }),
    );
    const notice = hung.notices[0]?.id ?? "";
    await writeOn(owner, session, (c) => closeNoticeAs({ ...c, now, id: notice, input: { as: "confirmed" } })); // prettier-ignore
    await writeOn(owner, session, (c) => makeSheet({ ...c, now, id }));
  }
  const paid = of(2026);
  if (paid && daysAfter(paid.paidOn, 20) < today)
    await writeOn(owner, session, (c) =>
      postPayments({
        ...{ ...c, now, id: paid.id },
        input: {
          on: daysAfter(paid.paidOn, 15),
          rows: Array.from({ length: paid.lines }, (_, n) =>
            n === 1
              ? { no: 2, result: "returned" as const, reason: "closed" as const }
              : { no: n + 1, result: "paid" as const },
          ),
        },
      }),
    );
  await owner.query("RESET ROLE");
}

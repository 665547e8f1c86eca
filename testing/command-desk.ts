import { AppError } from "@/lib/kernel/app-error";
import { AID_FORMS } from "@/lib/kernel/record-codes";
import { AID_CATEGORIES, FUND_SOURCES, RECIPIENT_KINDS } from "@/prisma/seed/data/axes";
import { PROGRAMMES } from "@/prisma/seed/data/programmes";
import type { TestPerson } from "./actors";
import type { Dice } from "./office";
import { as } from "./records";

type Standing = { id: string; version: number };
type Desk = { clerk: TestPerson; reviewer: TestPerson };

/** What a clerk of 2026 enters: any programme, day, way and one or two sources that share the amount to the fen. */
function someFields(roll: Dice, campaigns: readonly string[]) {
  const fen = BigInt(1 + roll.below(9_000_000));
  const [first, second] = [roll.pick(FUND_SOURCES)[0], roll.pick(FUND_SOURCES)[0]];
  const part = fen / 3n;
  const count = () => (roll.below(3) === 0 ? roll.below(400) : null);
  const month = String(1 + roll.below(11)).padStart(2, "0");
  return {
    programme: roll.pick(PROGRAMMES).code,
    campaign: roll.below(3) === 0 ? roll.pick(campaigns) : null,
    aidCategory: roll.pick(AID_CATEGORIES)[0],
    recipientKind: roll.pick(RECIPIENT_KINDS)[0],
    form: roll.pick(AID_FORMS),
    paidOn: `2026-${month}-1${roll.below(9)}`,
    amountFen: String(fen),
    counts: { households: 1 + roll.below(90), persons: count(), packs: count() },
    shares:
      first === second || part === 0n
        ? [{ fundSource: first, amountFen: String(fen) }]
        : [
            { fundSource: first, amountFen: String(fen - part) },
            { fundSource: second, amountFen: String(part) },
          ],
  };
}

/** Each deed waits for its turn; turns are given as work beside goes on, and to the end of it. */
export class Turns {
  private readonly waiting: (() => void)[] = [];
  private spare = 0;
  private over = false;

  async next(): Promise<boolean> {
    if (this.spare > 0) this.spare -= 1;
    else if (!this.over) await new Promise<void>((go) => this.waiting.push(go));
    return !this.over;
  }

  give(many: number): void {
    const woken = this.waiting.splice(0, many);
    this.spare += many - woken.length;
    for (const go of woken) go();
  }

  end(): void {
    this.over = true;
    for (const go of this.waiting.splice(0)) go();
  }
}

/**
 * Writes through the commands as long as there are turns: enters, hands in, approves and corrects. What the checks or
 * somebody faster refuse is left lying, as at any desk; how often each was done is answered.
 */
export async function writeByTurns(
  { clerk, reviewer }: Desk,
  { roll, campaigns, turns }: { roll: Dice; campaigns: readonly string[]; turns: Turns },
): Promise<Record<string, number>> {
  const drafts: Standing[] = [];
  const submitted: Standing[] = [];
  const approved: Standing[] = [];
  const done: Record<string, number> = {};
  const taken = (from: Standing[]) => from.splice(roll.below(Math.max(1, from.length)), 1)[0];
  const deeds: Record<string, () => Promise<boolean>> = {
    create: async () => Boolean(drafts.push(await as(clerk).create(someFields(roll, campaigns)))),
    submit: async () => {
      const one = taken(drafts);
      if (one) submitted.push(await as(clerk).submit(one));
      return one !== undefined;
    },
    approve: async () => {
      const one = taken(submitted);
      if (one) approved.push(await as(reviewer).approve(one));
      return one !== undefined;
    },
    correct: async () => {
      const one = taken(approved);
      if (!one) return false;
      const fields = someFields(roll, campaigns);
      const { adjustments } = await as(clerk).adjust(one, roll.below(3) === 0 ? null : fields);
      const [made] = adjustments;
      const pair = await as(clerk).get(made?.replacementId ?? made?.reversalId ?? "");
      await as(reviewer).approve(await as(clerk).submit(pair));
      return true;
    },
  };
  while (await turns.next()) {
    const name = roll.pick(["create", "create", "submit", "submit", "approve", "approve", "correct"]); // prettier-ignore
    try {
      if (await deeds[name]?.()) done[name] = (done[name] ?? 0) + 1;
    } catch (error) {
      if (!(error instanceof AppError) || error.code === "INTERNAL") throw error;
      done["refused"] = (done["refused"] ?? 0) + 1;
    }
  }
  return done;
}

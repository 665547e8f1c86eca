import pg from "pg";
import type { TestDatabase } from "./database";
import type { TestPerson } from "./actors";
import { audited } from "./law-fixture";

/** Small, seeded and good enough to shuffle operations: the same seed tells the same story. */
export function dice(seed: number) {
  let state = seed >>> 0;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  return {
    below: (n: number) => Math.floor(next() * n),
    pick: <T>(items: readonly T[]): T => items[Math.floor(next() * items.length)] as T,
  };
}
export type Dice = ReturnType<typeof dice>;

type Ids = {
  organisations: number[];
  programmes: number[];
  categories: number[];
  kinds: number[];
  sources: number[];
  /** None unless a test made some. */
  campaigns: number[];
};
type Row = {
  id: string;
  organisation_id: number;
  status: string;
  entry_kind: string;
  version: number;
  round: string;
};
const FORMS = ["TRANSFER", "CASH", "GOODS", "VOUCHER", "SERVICE", "MIXED"];

async function idsOf(client: pg.Client, organisations: readonly string[]): Promise<Ids> {
  const list = async (text: string, values: unknown[] = []) =>
    (await client.query<{ id: number }>(text, values)).rows.map((row) => row.id);
  return {
    organisations: await list("SELECT id FROM organisations WHERE code = ANY ($1)", [
      organisations,
    ]),
    programmes: await list("SELECT id FROM programmes ORDER BY id"),
    categories: await list("SELECT id FROM aid_categories ORDER BY id"),
    kinds: await list("SELECT id FROM recipient_kinds ORDER BY id"),
    sources: await list("SELECT id FROM fund_sources ORDER BY id"),
    campaigns: await list("SELECT id FROM campaigns ORDER BY id"),
  };
}

const COLUMNS = `organisation_id, fiscal_year, programme_id, aid_category_id, recipient_kind_id, form, paid_on,
  period_from, period_to, amount_fen, amount_kind, households, persons, person_times, packs, employers, sessions, posts, campaign_id`;

/** What a hurried clerk might write: a day or a period, an amount, an estimate or none, any counts. */
function randomFields(ids: Ids, organisation: number, roll: Dice): unknown[] {
  const year = roll.pick([2024, 2025, 2026]);
  const month = String(1 + roll.below(12)).padStart(2, "0");
  const when = roll.below(4);
  const kind = roll.pick(["EXACT", "EXACT", "EXACT", "ESTIMATED", "UNVALUED", "NONE"]);
  const count = () => (roll.below(3) === 0 ? roll.below(500) : null);
  return [
    organisation,
    year,
    roll.pick(ids.programmes),
    roll.pick(ids.categories),
    roll.pick(ids.kinds),
    roll.pick(FORMS),
    when > 1 ? `${year}-${month}-15` : null,
    when === 0 ? `${year}-01-01` : when === 1 ? `${year}-${month}-01` : null,
    when === 0 ? `${year}-12-31` : when === 1 ? `${year}-${month}-20` : null,
    kind === "UNVALUED" || kind === "NONE" ? null : String(1 + roll.below(40_000_000)),
    kind,
    count(),
    count(),
    count(),
    count(),
    count(),
    count(),
    count(),
    ids.campaigns.length === 0 ? null : roll.pick([...ids.campaigns, null]),
  ];
}

/** Runs SQL as the application's own role, one transaction a deed, as the laws require it. */
class Desk {
  constructor(
    private readonly client: pg.Client,
    private readonly ids: Ids,
    private readonly roll: Dice,
    /** By which the lines of rosters say they are sealed; nobody opens them. */
    private readonly key: string,
  ) {}

  async deed(person: TestPerson, work: () => Promise<void>): Promise<string | null> {
    await this.client.query("BEGIN");
    try {
      await this.client.query("SELECT set_config('app.session', $1, true)", [person.session]);
      await work();
      await this.client.query("COMMIT");
      return null;
    } catch (error) {
      await this.client.query("ROLLBACK");
      return (error as pg.DatabaseError).code ?? String(error);
    }
  }

  private audit(id: string) {
    return audited(async (text, values) => (await this.client.query(text, values)).rows, id);
  }

  /** One to three sources sharing the amount to the fen; an unvalued record has sources and no amounts, NONE neither. */
  private async share(
    id: string,
    organisation: number,
    amount: string | null,
    kind: string,
  ): Promise<void> {
    if (kind === "NONE") return;
    const start = this.roll.below(this.ids.sources.length);
    const n = amount === "1" ? 1 : 1 + this.roll.below(3);
    let left = amount === null ? 0n : BigInt(amount);
    for (let i = 0; i < n; i++) {
      const part = i === n - 1 ? left : left / BigInt(2 + this.roll.below(3));
      left -= part;
      await this.client.query(
        "INSERT INTO disbursement_shares (disbursement_id, organisation_id, fund_source_id, amount_fen) VALUES ($1, $2, $3, $4)",
        [
          id,
          organisation,
          this.ids.sources[(start + i) % this.ids.sources.length],
          amount === null ? null : String(part),
        ],
      );
    }
  }

  /** One record in three has a roster: one line that comes to it, whoever it names. What was there goes. */
  private async list(id: string): Promise<void> {
    await this.client.query("DELETE FROM roster_lines WHERE disbursement_id = $1", [id]);
    if (Number(id) % 3 !== 0) return;
    await this.client.query(
      `INSERT INTO roster_lines (id, disbursement_id, organisation_id, no, name, nonce, persons, households, packs,
         amount_fen, commitment, key_id)
       SELECT gen_random_uuid(), d.id, d.organisation_id, 1, s.seal, s.seal, coalesce(d.persons, 0), d.households, d.packs,
         d.amount_fen, decode(repeat('00', 32), 'hex'), '${this.key}'
       FROM disbursements d, (SELECT decode('0101${this.key}' || repeat('00', 60), 'hex') AS seal) s WHERE d.id = $1`,
      [id],
    );
  }

  async create(): Promise<void> {
    const organisation = this.roll.pick(this.ids.organisations);
    const fields = randomFields(this.ids, organisation, this.roll);
    const { rows } = await this.client.query<{ id: string }>(
      `INSERT INTO disbursements (${COLUMNS}, created_by, last_edited_by)
       VALUES (${fields.map((_, i) => `$${i + 1}`).join(", ")}, gen_random_uuid(), gen_random_uuid()) RETURNING id`,
      fields,
    );
    const id = rows[0]?.id as string;
    await this.share(id, organisation, fields[9] as string | null, fields[10] as string);
    await this.list(id);
    await this.audit(id);
  }

  /** A random record of the given states that the person can see, with its round of submission. */
  private async any(statuses: string[], kinds = ["ORIGINAL"]): Promise<Row | undefined> {
    const { rows } = await this.client.query<Row>(
      `SELECT d.id, d.organisation_id, d.status, d.entry_kind, d.version,
         (SELECT count(*) FROM approval_steps s WHERE s.disbursement_id = d.id AND s.action = 'SUBMIT') AS round
       FROM disbursements d WHERE d.organisation_id = ANY ($1) AND d.status = ANY ($2::text[])
         AND d.entry_kind = ANY ($3::text[]) ORDER BY d.id DESC OFFSET $4 LIMIT 1`,
      [this.ids.organisations, statuses, kinds, this.roll.below(12)],
    );
    return rows[0];
  }

  async edit(): Promise<void> {
    const row = await this.any(["DRAFT", "RETURNED"]);
    if (!row) return;
    const fields = randomFields(this.ids, row.organisation_id, this.roll).slice(1);
    const { rowCount } = await this.client.query(
      `UPDATE disbursements SET (${COLUMNS.replace("organisation_id, ", "")}, version) =
         (${fields.map((_, i) => `$${i + 3}`).join(", ")}, version + 1) WHERE id = $1 AND version = $2`,
      [row.id, row.version, ...fields],
    );
    if (!rowCount) return;
    if (this.roll.below(2) === 0) {
      await this.client.query("DELETE FROM disbursement_shares WHERE disbursement_id = $1", [
        row.id,
      ]);
      await this.share(
        row.id,
        row.organisation_id,
        fields[8] as string | null,
        fields[9] as string,
      );
    }
    await this.list(row.id);
    await this.audit(row.id);
  }

  private async step(row: Row, action: string, set: string): Promise<void> {
    const round = Number(row.round) + (action === "SUBMIT" ? 1 : 0);
    await this.client.query(
      `INSERT INTO approval_steps (disbursement_id, organisation_id, action, actor_id, at, round)
       VALUES ($1, $2, $3, gen_random_uuid(), now(), $4)`,
      [row.id, row.organisation_id, action, round],
    );
    if (action === "SUBMIT")
      await this.client.query(
        `INSERT INTO submission_rounds (disbursement_id, organisation_id, round, actor_id, at, findings, content)
         VALUES ($1, $2, $3, gen_random_uuid(), now(), '[]', '{}') ON CONFLICT DO NOTHING`,
        [row.id, row.organisation_id, round],
      );
    const { rowCount } = await this.client.query(
      `UPDATE disbursements SET ${set}, version = version + 1 WHERE id = $1 AND version = $2`,
      [row.id, row.version],
    );
    if (!rowCount) throw Object.assign(new Error("stale"), { code: "NZ006" });
  }

  async move(from: string[], action: "SUBMIT" | "APPROVE" | "RETURN" | "VOID"): Promise<void> {
    const row = await this.any(from, action === "SUBMIT" ? ["ORIGINAL"] : undefined);
    if (!row) return;
    await this.step(row, action, MOVES[action]);
    await this.audit(row.id);
  }

  /** 更正 of an approved record: the exact reversal and a replacement of another amount, both drafts. */
  async adjust(): Promise<void> {
    const row = await this.any(["APPROVED"]);
    if (!row) return;
    const negative = "households persons person_times packs employers sessions posts".split(" ");
    const copy = async (kind: string, columns: (name: string) => string) => {
      const names = COLUMNS.split(",").map((name) => name.trim());
      const { rows } = await this.client.query<Copied>(
        `INSERT INTO disbursements (${COLUMNS}, entry_kind, created_by, last_edited_by)
         SELECT ${names.map(columns).join(", ")}, '${kind}', created_by, created_by FROM disbursements WHERE id = $1
         RETURNING id, amount_fen, amount_kind`,
        [row.id],
      );
      return rows[0] as Copied;
    };
    const reversal = await copy("REVERSAL", (name) =>
      name === "amount_fen" || negative.includes(name) ? `-${name}` : name,
    );
    await this.client.query(
      `INSERT INTO disbursement_shares (disbursement_id, organisation_id, fund_source_id, amount_fen)
       SELECT $2, organisation_id, fund_source_id, -amount_fen FROM disbursement_shares WHERE disbursement_id = $1`,
      [row.id, reversal.id],
    );
    const other = await copy("REPLACEMENT", (name) =>
      name === "amount_fen" ? "amount_fen + 7" : name,
    );
    await this.share(other.id, row.organisation_id, other.amount_fen, other.amount_kind);
    await this.list(other.id);
    await this.client.query(
      `INSERT INTO adjustments (organisation_id, original_id, reversal_id, replacement_id, reason_code, words, created_by, created_at)
       VALUES ($1, $2, $3, $4, 'amount-wrong', 'test', gen_random_uuid(), now())`,
      [row.organisation_id, row.id, reversal.id, other.id],
    );
    await this.client.query(
      `SELECT guard.append_audits('{disbursement.adjust,disbursement.create,disbursement.create}', $1, '{"{}","{}","{}"}')`,
      [[row.id, reversal.id, other.id]],
    );
  }

  /** Reversal and replacement of one correction take the same step in one transaction. */
  async movePair(from: string, action: "SUBMIT" | "APPROVE"): Promise<void> {
    const { rows } = await this.client.query<Row>(
      `SELECT d.id, d.organisation_id, d.status, d.entry_kind, d.version,
         (SELECT count(*) FROM approval_steps s WHERE s.disbursement_id = d.id AND s.action = 'SUBMIT') AS round
       FROM adjustments a JOIN disbursements d ON d.id IN (a.reversal_id, a.replacement_id)
       WHERE a.id = (SELECT x.id FROM adjustments x JOIN disbursements r ON r.id = x.reversal_id
         WHERE r.status = $1 AND r.organisation_id = ANY ($2) ORDER BY x.id LIMIT 1)
       ORDER BY d.id`,
      [from, this.ids.organisations],
    );
    for (const row of rows) await this.step(row, action, MOVES[action]);
    // last, as the application does it: whoever holds the chain waits for nobody
    for (const row of rows) await this.audit(row.id);
  }
}

type Copied = { id: string; amount_fen: string | null; amount_kind: string };

const MOVES = {
  SUBMIT: "status = 'SUBMITTED', submitted_at = now()",
  APPROVE: "status = 'APPROVED', approvals_given = approvals_given + 1, approved_at = now()",
  RETURN: "status = 'RETURNED', approvals_given = 0",
  VOID: "status = 'VOIDED', approvals_given = 0",
};

export type Office = {
  deeds(count: number, roll: Dice): Promise<string[]>;
  close(): Promise<void>;
};

/**
 * A clerk and a reviewer of some organisations who do random things to the same few records. Answers
 * the SQLSTATEs of what the laws refused (stale versions and the like are expected; deadlocks are not).
 */
export async function openOffice(
  database: TestDatabase,
  people: { clerk: TestPerson; reviewer: TestPerson; organisations: readonly string[] },
): Promise<Office> {
  const client = new pg.Client({
    connectionString: database.url,
    options: "-c role=nuanzhang_app -c timezone=UTC",
  });
  await client.connect();
  const owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
  const ids = await idsOf(owner, people.organisations);
  // opens connections of its own to the test's database
  const { keysOf } = await import("@/lib/platform/keys");
  const [key] = keysOf("FIELD");
  await owner.query("SELECT guard.keep_key('FIELD', $1, $2)", [key.id, key.check().toString("hex")]); // prettier-ignore
  await owner.end();
  const { clerk, reviewer } = people;
  const once = (desk: Desk, chance: number): Promise<string | null> => {
    if (chance < 30) return desk.deed(clerk, () => desk.create());
    if (chance < 45) return desk.deed(clerk, () => desk.edit());
    if (chance < 65) return desk.deed(clerk, () => desk.move(["DRAFT", "RETURNED"], "SUBMIT"));
    if (chance < 82) return desk.deed(reviewer, () => desk.move(["SUBMITTED"], "APPROVE"));
    if (chance < 87) return desk.deed(reviewer, () => desk.move(["SUBMITTED"], "RETURN"));
    if (chance < 90) return desk.deed(clerk, () => desk.move(["DRAFT", "RETURNED"], "VOID"));
    if (chance < 94) return desk.deed(clerk, () => desk.adjust());
    if (chance < 97) return desk.deed(clerk, () => desk.movePair("DRAFT", "SUBMIT"));
    return desk.deed(reviewer, () => desk.movePair("SUBMITTED", "APPROVE"));
  };
  return {
    deeds: async (count, roll) => {
      const desk = new Desk(client, ids, roll, key.id);
      const refused: string[] = [];
      for (let i = 0; i < count; i++) {
        const state = await once(desk, roll.below(100));
        if (state !== null) refused.push(state);
      }
      return refused;
    },
    close: () => client.end(),
  };
}

import type pg from "pg";
import canonicalize from "canonicalize";
import { PROGRAMMES } from "@/prisma/seed/data/programmes";
import { civil, weekday } from "./days";
import { DEMO_TODAY } from "./life";
import type { OrganisationPlan } from "./plan";
import type { Random } from "./random";

type Allotment = {
  id: string;
  organisation: string;
  year: number;
  source: string;
  purpose: string;
  amountFen: string;
  receivedOn: string;
};

const PURPOSES: Readonly<Record<string, string>> = {
  "central-treasury": "中央财政困难职工帮扶专项资金",
  "provincial-treasury": "省财政困难职工帮扶资金",
  "prefectural-treasury": "市州财政配套资金",
  "county-treasury": "区县财政配套资金",
  "provincial-union": "省总工会送温暖资金补助",
  "prefectural-union": "市州总工会本级经费预算",
  "county-union": "本级工会经费预算",
  "industrial-union": "产业工会经费预算",
  employer: "基层单位行政拨付",
  donation: "爱心企业捐助",
  "paired-assistance": "对口援助资金",
};

const CONTRIBUTORY = new Set(PROGRAMMES.filter((p) => p.contributory).map((p) => p.code));
const THOUSAND_YUAN = 100_000n;
const roundedUp = (fen: bigint) => ((fen + THOUSAND_YUAN - 1n) / THOUSAND_YUAN) * THOUSAND_YUAN;

/** What an organisation's records of one year take from each source, drafts and waiting ones included. */
function needed(plan: OrganisationPlan, year: number): Map<string, bigint> {
  const sums = new Map<string, bigint>();
  for (const { record } of plan.lives) {
    if (record.fiscalYear !== year || CONTRIBUTORY.has(record.programme)) continue;
    for (const { source, amountFen } of record.shares)
      sums.set(source, (sums.get(source) ?? 0n) + (amountFen ?? 0n));
  }
  return sums;
}

/** Money arrives in round thousands, a little more than is spent; grants for one purpose to the fen. */
function received(source: string, spent: bigint, year: number, random: Random): bigint {
  if (source === "employer" || source === "donation") return spent;
  const margin = year === 2026 ? random.int(9, 22) : random.int(1, 8);
  return roundedUp((spent * BigInt(100 + margin)) / 100n);
}

function tranches(
  total: bigint,
  source: string,
): { amountFen: bigint; month: number; name: string }[] {
  const treasury = source.endsWith("-treasury");
  const first = roundedUp((total * 6n) / 10n);
  if (!treasury || first >= total) return [{ amountFen: total, month: 1, name: "" }];
  return [
    { amountFen: first, month: 3, name: "（第一批）" },
    { amountFen: total - first, month: 7, name: "（第二批）" },
  ];
}

/** Grants that have just come in: the accounts one signs in with have something left to give out. */
const JUST_RECEIVED: readonly Omit<Allotment, "id">[] = ["630104", "630123", "632222"].flatMap(
  (organisation) =>
    (["central-treasury", "provincial-treasury"] as const).map((source) => ({
      organisation,
      source,
      year: 2026,
      amountFen: "60000000",
      receivedOn: "2026-11-10",
      purpose: `${PURPOSES[source]}（第三批）`,
    })),
);

export function planAllotments(
  plans: readonly OrganisationPlan[],
  years: readonly number[],
  root: Random,
): Omit<Allotment, "id">[] {
  const planned = plans.flatMap((plan) =>
    years.flatMap((year) => {
      const random = root.fork(`money ${plan.place.code} ${year}`);
      return [...needed(plan, year)]
        .filter(([, spent]) => spent > 0n)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .flatMap(([source, spent]) =>
          tranches(received(source, spent, year, random), source).map(
            ({ amountFen, month, name }) => ({
              organisation: plan.place.code,
              year,
              source,
              purpose: `${PURPOSES[source] ?? "其他资金"}${name}`,
              amountFen: amountFen.toString(),
              receivedOn: weekday(random, year, month, 6, 26),
            }),
          ),
        );
    }),
  );
  return [...planned, ...JUST_RECEIVED.filter(({ year }) => years.includes(year))];
}

export async function writeAllotments(
  client: pg.Client,
  rows: readonly Allotment[],
): Promise<void> {
  await client.query(
    `INSERT INTO allotments (id, organisation_id, fiscal_year, fund_source_id, purpose, amount_fen,
       received_on, origin, created_by, created_at)
     SELECT r.id, o.id, r.year, f.id, r.purpose, r."amountFen", r."receivedOn", 'DEMO',
            guard.session_user_id(), r."receivedOn" + interval '2 days 3 hours'
     FROM jsonb_to_recordset($1::jsonb) AS r(id bigint, organisation text, year int, source text,
          purpose text, "amountFen" bigint, "receivedOn" date)
     JOIN organisations o ON o.code = r.organisation JOIN fund_sources f ON f.code = r.source
     ORDER BY r.id`,
    [JSON.stringify(rows)],
  );
  await client.query(
    "SELECT guard.append_audits(array_fill('allotment.create'::text, ARRAY[cardinality($1::text[])]), $1, $2)",
    [
      rows.map(({ id }) => id),
      rows.map(
        ({ year, source, amountFen }) =>
          canonicalize({ origin: "demo", fiscalYear: year, fundSource: source, amountFen }) ?? "{}",
      ),
    ],
  );
}

type Campaign = {
  code: string;
  zh: string;
  en: string;
  programme: string;
  from: string;
  to: string;
};

/** 活动批次 of the province, which serve everybody under it. */
export function demoCampaigns(years: readonly number[]): Campaign[] {
  const today = Number(DEMO_TODAY.slice(0, 4));
  return years
    .filter((year) => year <= today)
    .flatMap((year): Campaign[] => [
      { code: `${year}-festival`, zh: `${year}年两节慰问`, en: `${year} New Year and Spring Festival visits`, programme: "festival-visits", from: civil(year, 1, 1), to: civil(year, 2, 28) }, // prettier-ignore
      { code: `${year}-summer`, zh: `${year}年夏送清凉`, en: `${year} Cool Summer`, programme: "cool-summer", from: civil(year, 6, 1), to: civil(year, 8, 31) }, // prettier-ignore
      { code: `${year}-autumn`, zh: `${year}年金秋助学`, en: `${year} Golden Autumn`, programme: "golden-autumn", from: civil(year, 8, 1), to: civil(year, 9, 30) }, // prettier-ignore
      { code: `${year}-winter`, zh: `${year}年入冬送温暖`, en: `${year} Warm Winter`, programme: "warm-winter", from: civil(year, 11, 1), to: civil(year, 12, 31) }, // prettier-ignore
    ]);
}

export async function insertCampaigns(
  owner: pg.Client,
  campaigns: readonly Campaign[],
): Promise<void> {
  await owner.query(
    `INSERT INTO campaigns (code, name_zh, name_en, organisation_id, programme_id, starts_on, ends_on)
     SELECT r.code, r.zh, r.en, o.id, p.id, r."from", r."to"
     FROM jsonb_to_recordset($1::jsonb)
       AS r(code text, zh text, en text, programme text, "from" date, "to" date)
     JOIN programmes p ON p.code = r.programme JOIN organisations o ON o.code = '630000'
     ON CONFLICT (code) DO NOTHING`,
    [JSON.stringify(campaigns)],
  );
}

import "server-only";
import { headers } from "next/headers";
import { cache } from "react";
import { listYears } from "@/lib/features/years/queries";
import { messagesOf } from "@/lib/i18n/messages";
import { hasRole } from "@/lib/kernel/actor";
import { AppError } from "@/lib/kernel/app-error";
import { yearSchema } from "@/lib/kernel/wire";
import { errorAnswer } from "@/lib/platform/answer";
import { sql } from "@/lib/platform/db";
import { env } from "@/lib/platform/env";
import { admitVisitor, callPublic } from "@/lib/platform/public-db";
import { clientAddress } from "@/lib/platform/request-origin";
import { readPage } from "@/lib/platform/session";
import { readDataFile } from "./address";
import { decide } from "./policy";
import { csvOf, dataRows, packageOf, type Dictionary } from "./present";
import { listPublications } from "./queries";
import type { PublicationsView, Published, PublicTable } from "./types";

type Row = { year: number; no: number; at: Date; seq: string; sha256: string; payload: string };

async function findPublished(year: number): Promise<Published | null> {
  const [row] = await callPublic<Row>(sql`
    SELECT year, no, at, seq::text AS seq, sha256, payload FROM guard.published_of(${year}::int)`);
  if (!row) return null;
  const { payload, at, seq, ...rest } = row;
  const table = JSON.parse(payload) as PublicTable;
  return { ...rest, at: at.toISOString(), seq: Number(seq), table };
}

type PublicView = {
  years: number[];
  published: Published | null;
  /** Too many questions came from where the reader is. */
  busy: boolean;
  /** 审图号: as long as there is none, no outline is drawn for everybody. */
  review: string | undefined;
};

async function isAdmitted(): Promise<boolean> {
  try {
    await admitVisitor(clientAddress(await headers()));
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code === "RATE_LIMITED") return false;
    throw error;
  }
}

/** What everybody may read: no session is asked for, and nothing is read but what was published. */
export const loadPublic = cache(
  async (asked: string | string[] | undefined): Promise<PublicView> => {
    const review = env().MAP_REVIEW_NUMBER;
    if (!(await isAdmitted())) return { years: [], published: null, busy: true, review };
    const rows = await callPublic<{ year: number }>(sql`SELECT year FROM guard.published()`);
    const years = rows.map(({ year }) => year);
    const wanted = yearSchema.safeParse(asked);
    const year = asked === undefined ? years[0] : wanted.success ? wanted.data : undefined;
    const published = year === undefined ? null : await findPublished(year);
    return { years, published, busy: false, review };
  },
);

/** A minute: what is withdrawn is gone from in-between places so soon. */
const CACHED = "public, max-age=60, must-revalidate";

const TYPES = { csv: "text/csv; charset=utf-8", json: "application/json; charset=utf-8" } as const;

function dictionaryOf(): Dictionary {
  const [zh, en] = [messagesOf("zh-CN").publicPage.fields, messagesOf("en").publicPage.fields];
  const names = Object.keys(zh) as (keyof Dictionary)[];
  return Object.fromEntries(
    names.map((name) => {
      const [own, other] = [zh[name], en[name]];
      return [
        name,
        {
          type: own.type,
          title: `${own.title} ${other.title}`,
          description: `${own.meaning} ${other.meaning}`,
        },
      ];
    }),
  ) as Dictionary;
}

function bodyOf(published: Published, kind: "csv" | "json" | "package.json"): string {
  if (kind === "csv") return csvOf(published);
  const { title } = messagesOf("zh-CN").publicPage;
  const about = packageOf(published, dictionaryOf(), title);
  return JSON.stringify(
    kind === "json" ? { ...about, rows: dataRows(published) } : about,
    undefined,
    1,
  );
}

/** A file of the open data, or what the reader is told in its place. */
export async function answerData(file: string, asked: Headers): Promise<Response> {
  try {
    await admitVisitor(clientAddress(asked));
    const named = readDataFile(file);
    const published = named && (await findPublished(named.year));
    if (!named || !published) throw new AppError("NOT_FOUND");
    const etag = `"${published.sha256.slice(0, 32)}-${String(published.no)}"`;
    const head = { ETag: etag, "Cache-Control": CACHED, "Access-Control-Allow-Origin": "*" };
    if (asked.get("if-none-match")?.includes(etag))
      return new Response(null, { status: 304, headers: head });
    return new Response(bodyOf(published, named.kind), {
      headers: {
        ...head,
        "Content-Type": named.kind === "csv" ? TYPES.csv : TYPES.json,
        "Content-Disposition": `attachment; filename="nuanzhang-${file}"`,
      },
    });
  } catch (error) {
    if (error instanceof AppError) return errorAnswer(error, asked, "public");
    throw error;
  }
}

/** What was published of a year, for whoever reads the whole province; null for everybody else. */
export const loadPublications = (text: string): Promise<PublicationsView | null> =>
  readPage(async ({ db, scope, actor }) => {
    const year = yearSchema.safeParse(text);
    if (!year.success || !hasRole(actor, ["PROVINCE", "AUDITOR"])) return null;
    const items = await listPublications(db, { year: year.data });
    const [view] = await listYears({ db, scope, actor, now: new Date(), year: year.data });
    return {
      ...{ year: year.data, items },
      publishes: decide(actor, "publish", view?.status ?? null) === null,
      withdraws: decide(actor, "withdraw", null) === null,
    };
  });

import type pg from "pg";
import type { Reader, Sql } from "@/lib/platform/db";
import { plainTypes } from "@/lib/platform/plain-types";

/** The owner's connection, which no policy stops, in the types of the application's own reader. */
export const pastPolicies = (owner: pg.Client): Reader => ({
  rows: async <T>({ text, values }: Sql) =>
    (await owner.query({ text, values, types: plainTypes })).rows as T[],
});

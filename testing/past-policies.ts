import pg from "pg";
import type { Reader, Sql } from "@/lib/platform/db";

const INT8 = 20;

/** The owner's connection, which no policy stops, in the types of the application's own reader. */
export const pastPolicies = (owner: pg.Client): Reader => ({
  rows: async <T>(query: Sql) => {
    const { rows } = await owner.query({
      text: query.text,
      values: query.values,
      types: {
        getTypeParser: ((oid: number, format?: "text" | "binary") =>
          oid === INT8
            ? BigInt
            : pg.types.getTypeParser(oid, format as "text")) as typeof pg.types.getTypeParser,
      },
    });
    return rows as T[];
  },
});

import pg from "pg";

const INT8 = 20;

/** int8 as bigint; all else as the driver reads it. */
export const plainTypes: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: "text" | "binary") =>
    oid === INT8
      ? BigInt
      : pg.types.getTypeParser(oid, format as "text")) as typeof pg.types.getTypeParser,
};

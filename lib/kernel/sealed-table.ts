/** A row of a sealed table by its columns, its seals opened; null where a column is empty. */
export type OpenedRow = Readonly<Record<string, unknown>>;

/**
 * What the rotation knows of a table whose rows hold what is of a person. Its other half stands in
 * guard.sealed_tables() (prisma/sql/25-sealed.sql), and a test compares the two.
 */
export type SealedTable = {
  readonly table: string;
  /** Sealed columns; each is bound to its name as the application writes it (id_number: idNumber). */
  readonly seals: readonly string[];
  /** What a row commits to: a row that says anything else does not count as opened. */
  readonly commits?: (row: OpenedRow) => string[];
  /** Of rows that name a person by identity_id: the document by which it is recognised. */
  readonly document?: (row: OpenedRow) => { kind: string; number: string };
  /** What a row is found again by, under one index key: column → what is digested, or null for none. */
  readonly digests?: Readonly<Record<string, (row: OpenedRow) => readonly string[] | null>>;
};

/** The name to which a column's seals are bound. */
export const boundName = (column: string): string =>
  column.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

/** Parts of a commitment: what is empty is told from what is an empty text. */
export const committedText = (text: unknown): string =>
  text === null || text === undefined ? "-" : `=${String(text as string | number)}`;

const MB = 1024 * 1024;

/** How much of a file is read. What is larger is refused with a sentence, never cut without a word. */
export const LIMITS = {
  fileBytes: 20 * MB,
  entries: 1_000,
  /** Of a part once unpacked, and of all together: as declared, and counted as they come out. */
  partBytes: 100 * MB,
  totalBytes: 200 * MB,
  /** Between two tags. */
  tagCharacters: MB,
  /** Of a sheet: ten thousand, and what stands above them; rows in which nothing is written do not count. */
  rows: 10_100,
  columns: 200,
  /** So many empty rows below a filled one end the sheet. */
  blankRows: 500,
  cellCharacters: 32_767,
  /** Of a whole file. */
  cells: 500_000,
  characters: 16 * MB,
  sharedStrings: 500_000,
  merges: 20_000,
  styles: 65_000,
} as const;

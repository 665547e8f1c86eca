export const publicHref = (year?: number): string =>
  year === undefined ? "/public" : `/public?year=${String(year)}`;

export const DATA_KINDS = ["csv", "json", "package.json"] as const;
export type DataKind = (typeof DATA_KINDS)[number];

export const dataHref = (year: number, kind: DataKind): string =>
  `/public/data/${String(year)}.${kind}`;

/** 2024.csv → its year and kind; null = there is no such file. */
export function readDataFile(file: string): { year: number; kind: DataKind } | null {
  const [, year = "", extension = ""] = /^(20\d\d)\.([a-z.]{3,12})$/.exec(file) ?? [];
  const kind = DATA_KINDS.find((one) => one === extension);
  return kind ? { year: Number(year), kind } : null;
}

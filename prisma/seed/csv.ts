/** Reads RFC 4180 CSV with a header line into one object a row. */
export function parseCsv(text: string): Record<string, string>[] {
  const rows: string[][] = [[]];
  // One field with what ends it: quoted with doubled quotes inside, or bare.
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/gy;
  while (field.lastIndex < text.length) {
    const match = field.exec(text);
    if (!match) throw new Error(`csv: cannot be read from row ${rows.length}`);
    const [, quoted, bare = "", end] = match;
    rows.at(-1)?.push(quoted === undefined ? bare : quoted.replaceAll('""', '"'));
    if (end !== ",") rows.push([]);
    else if (field.lastIndex === text.length) rows.at(-1)?.push("");
  }
  const [header = [], ...lines] = rows.filter((row) => row.length > 0);
  return lines.map((line, n) => {
    if (line.length !== header.length)
      throw new Error(`csv: row ${n + 2} has ${line.length} fields, not ${header.length}`);
    return Object.fromEntries(header.map((name, column) => [name, line[column] ?? ""]));
  });
}

/** 0 → A, 25 → Z, 26 → AA: the letters of a column in a workbook. */
export function sheetColumn(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : sheetColumn(Math.floor(index / 26) - 1) + letter;
}

import { expect, test } from "vitest";
import { FILE_TYPES, fileFormatSchema } from "./file-format";

test("a workbook unless csv is asked for, and nothing else", () => {
  expect(fileFormatSchema.parse(undefined)).toBe("xlsx");
  expect(["xlsx", "csv"].map((format) => fileFormatSchema.parse(format))).toEqual(["xlsx", "csv"]);
  for (const other of ["", "pdf", "XLSX"])
    expect(fileFormatSchema.safeParse(other).success).toBe(false);
});

test("the media types that a spreadsheet opens by", () => {
  expect(FILE_TYPES).toEqual({
    xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    csv: "text/csv; charset=utf-8",
  });
});

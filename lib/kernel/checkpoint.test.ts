import { describe, expect, test } from "vitest";
import { checkpointLine, checkpointText, notesIn, readCheckpoint } from "./checkpoint";

const checkpoint = {
  origin: "630000",
  size: 12345n,
  head: "3f9a12cd".padEnd(56, "0") + "77e0b1c2",
  at: new Date("2026-11-25T08:00:00.123Z"),
  figures: "a".repeat(64),
};

describe("a checkpoint", () => {
  test("is a text that is read back", () => {
    const text = checkpointText(checkpoint);
    expect(text.split("\n")).toHaveLength(6);
    expect(readCheckpoint(text)).toEqual(checkpoint);
  });

  test.each([
    ["another first line", (text: string) => text.replace("/1", "/2")],
    ["a size of nothing", (text: string) => text.replace("12345 ", "0 ")],
    ["a line more", (text: string) => `${text}more\n`],
    ["no last newline", (text: string) => text.trimEnd()],
    ["a short head", (text: string) => text.replace("77e0b1c2", "")],
  ])("is not read from %s", (_, change) => {
    expect(readCheckpoint(change(checkpointText(checkpoint)))).toBeNull();
  });

  test("is printed as one line", () => {
    expect(checkpointLine(checkpoint, "zh-CN")).toBe(
      "核验点 630000 · 第 12,345 条 · 3f9a12cd…77e0b1c2",
    );
    expect(checkpointLine(checkpoint, "en")).toBe(
      "Checkpoint 630000 · entry 12,345 · 3f9a12cd…77e0b1c2",
    );
  });

  test("is found in what a terminal wrote around it", () => {
    const note = `${checkpointText(checkpoint)}\n— nuanzhang abc=\n`;
    const other = note.replace("630000", "640000");
    expect(notesIn(`\n> nuanzhang@0.1.0 checkpoint\n\n${note}\n${other}`)).toEqual([note, other]);
    expect(notesIn(note.replaceAll("\n", "\r\n"))).toEqual([note]);
    expect(notesIn(`97 %\r100 %\r${note}`)).toEqual([note]);
    expect(notesIn(note.trimEnd())).toEqual([note]);
    expect(notesIn("nothing here")).toEqual([]);
  });
});

import { inflateRawSync } from "node:zlib";
import { describe, expect, test, vi } from "vitest";
import { wordFile, type WordText } from "./word";

const TEXT: WordText = {
  title: "县总工会2024年帮扶工作简报",
  subtitle: "（数据截至2024年12月31日）",
  paragraphs: [
    {
      head: "冬送温暖。",
      runs: [
        "为",
        { text: "38户", mark: "figure_001" },
        "困难职工发放“生活救助金” & <补助>",
        { text: "61.58万余元", mark: "figure_002" },
        "。",
      ],
    },
    { head: null, runs: ["没有数字的一段。"] },
  ],
  signed: "（县总工会）",
  marks: [
    { name: "figure_001", value: "38 households /figures?year=2024&measures=households" },
    { name: "figure_002", value: "61580000 fen /figures?year=2024&measures=amountFen" },
  ],
  lang: "zh-CN",
  created: new Date("2024-12-31T08:00:00.000Z"),
};

/** The parts of the document by name, and the times they carry. */
function partsOf(archive: Uint8Array) {
  const bytes = Buffer.from(archive);
  const parts = new Map<string, string>();
  const times = new Set<number>();
  let at = bytes.readUInt32LE(bytes.length - 6);
  for (let left = bytes.readUInt16LE(bytes.length - 12); left > 0; left -= 1) {
    const [packed, name, extra, local] = [bytes.readUInt32LE(at + 20), bytes.readUInt16LE(at + 28), bytes.readUInt16LE(at + 30), bytes.readUInt32LE(at + 42)]; // prettier-ignore
    const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    times.add(bytes.readUInt32LE(at + 12)).add(bytes.readUInt32LE(local + 10));
    const content = bytes.subarray(from, from + packed);
    const stored = bytes.readUInt16LE(at + 10) === 0;
    parts.set(
      bytes.toString("utf8", at + 46, at + 46 + name),
      (stored ? content : inflateRawSync(content)).toString("utf8"),
    );
    at += 46 + name + extra;
  }
  return { parts, times: [...times] };
}

describe("a Word document", () => {
  test("made twice, on another day and after others, is the same to the byte", async () => {
    const once = await wordFile(TEXT);
    vi.useFakeTimers({ now: new Date("2031-05-06T07:08:09Z"), toFake: ["Date"] });
    await wordFile({ ...TEXT, title: "another" });
    const again = await wordFile(TEXT);
    vi.useRealTimers();
    expect(Buffer.compare(Buffer.from(once), Buffer.from(again))).toBe(0);
    const { parts, times } = partsOf(once);
    expect(times).toEqual([0x00210000]);
    expect(parts.get("docProps/core.xml")).toContain("2024-12-31T08:00:00Z</dcterms:modified>");
  });

  test("holds each marked number in a bookmark that a property explains", async () => {
    const { parts } = partsOf(await wordFile(TEXT));
    const text = parts.get("word/document.xml") ?? "";
    for (const [at, words] of ["38户", "61.58万余元"].entries()) {
      const [, inside = ""] =
        new RegExp(`<w:bookmarkStart w:name="figure_00${at + 1}" w:id="${at + 1}"/>(.*?)<w:bookmarkEnd w:id="${at + 1}"/>`).exec(text) ?? []; // prettier-ignore
      expect(inside.replace(/<[^>]*>/g, "")).toBe(words);
    }
    expect(text.replace(/<[^>]*>/g, "")).toContain("&lt;补助&gt;61.58万余元。");
    expect(parts.get("docProps/custom.xml")).toContain("61580000 fen /figures?year=2024&amp;measures=amountFen"); // prettier-ignore
  });

  test("names the faces of public documents, and what to have instead of them", async () => {
    const { parts } = partsOf(await wordFile(TEXT));
    expect(parts.get("word/styles.xml")).toContain('w:eastAsia="仿宋_GB2312"');
    expect(parts.get("word/document.xml")).toContain('w:eastAsia="方正小标宋简体"');
    expect(parts.get("word/fontTable.xml")).toContain('<w:font w:name="仿宋_GB2312"><w:altName w:val="FangSong"/>'); // prettier-ignore
  });
});

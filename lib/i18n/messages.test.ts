import { describe, expect, it } from "vitest";
import { messagesOf } from "./messages";

type Tree = { [key: string]: string | Tree };

function leaves(tree: Tree, path = ""): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === "string"
      ? [[`${path}${key}`, value] as [string, string]]
      : leaves(value, `${path}${key}.`),
  );
}

/** Names of the arguments a sentence takes: {count, plural, …} takes count. */
function argumentsOf(sentence: string): string[] {
  const found = [...sentence.matchAll(/\{(\w+)\s*[,}]/g)].map((match) => match[1] ?? "");
  const words = /\b(?:one|other|zero|two|few|many)\b/;
  return [...new Set(found.filter((name) => !words.test(name)))].sort();
}

/** What a sentence says whatever it is told: without each part that has a branch with nothing in it. */
function alwaysSaid(sentence: string): string {
  let said = "";
  for (let at = 0; at < sentence.length; at++) {
    if (sentence[at] !== "{") {
      said += sentence[at];
      continue;
    }
    const start = at;
    for (let depth = 1; depth > 0; depth -= sentence[at] === "}" ? 1 : 0)
      if (sentence[++at] === "{") depth++;
    const part = sentence.slice(start, at + 1);
    if (!/\s\{\}/.test(part)) said += part;
  }
  return said.trim();
}

const zh = leaves(messagesOf("zh-CN") as unknown as Tree);
const en = new Map(leaves(messagesOf("en") as unknown as Tree));

describe("messages", () => {
  it("say the same things in both languages", () => {
    expect([...en.keys()].sort()).toEqual(zh.map(([key]) => key).sort());
  });

  it("say something everywhere", () => {
    const empty = [...zh, ...en].filter(([, sentence]) => sentence.trim() === "");
    expect(empty).toEqual([]);
  });

  // compiled, a sentence that comes out empty is no text, and its page fails
  it("say something whatever they are told", () => {
    const silent = [...zh, ...en].filter(([, sentence]) => alwaysSaid(sentence) === "");
    expect(silent.map(([key]) => key)).toEqual([]);
  });

  it("take the same arguments in both languages", () => {
    const different = zh.filter(([key, sentence]) => {
      const english = argumentsOf(en.get(key) ?? "");
      const chinese = argumentsOf(sentence);
      return (
        chinese.some((name) => !english.includes(name)) ||
        english.some((name) => !chinese.includes(name))
      );
    });
    expect(different.map(([key]) => key)).toEqual([]);
  });

  it("use full-width punctuation after Chinese characters", () => {
    const halfWidth = zh.filter(([, sentence]) =>
      /[\u4e00-\u9fff][,;:?!]/.test(sentence.replace(/\{\w+,[^{}]*/g, "")),
    );
    expect(halfWidth.map(([key]) => key)).toEqual([]);
  });
});

import type { Answer } from "./record";

/** What the clerk answers where the sum a head differs from what other counties' programme comes to. */
export const perHead = (words: string): Answer => ({
  rule: "per-head-unusual",
  answer: "checked-correct",
  words,
});

/** 2024 holds only what was published: a year after it looks large beside that. */
export const beyondPublished: Answer = {
  rule: "much-above-last-year",
  answer: "checked-correct",
  words: "上年为公开发表口径，仅含部分支出，不可比。",
};

/**
 * 审图号: who approved the outlines, in which year, under which number. GS（2024）0650号, GS京（2022）1234号,
 * 青S（2024）012号; brackets of either width, no word before or behind it.
 */
export const isReviewNumber = (text: string): boolean =>
  /^(?:GS\p{Script=Han}?|\p{Script=Han}{1,2}S)\s?[（(](?:19|20)\d\d[）)]\s?\d{1,6}号$/u.test(text);

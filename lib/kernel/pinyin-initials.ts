import { ALSO_READ } from "./pinyin-readings";

/** The first character of each initial's run when Chinese is sorted by pinyin; i, u and v begin nothing. */
const FIRST = "阿八嚓哒妸发旮哈讥咔垃妈拏噢妑七呥仨他穵夕丫帀";
const INITIALS = "abcdefghjklmnopqrstwxyz";

const others = new Map(
  ALSO_READ.trim()
    .split(/\s+/)
    .map(([character = "", ...initials]) => [character, initials.join("")]),
);

/** So many ways to read one name are enough. */
const MOST_READINGS = 24;

/** Asked for at each keystroke, for the same few hundred characters. */
const known = new Map<string, string>();
const collator = new Intl.Collator("zh-Hans-CN-u-co-pinyin");

/** The initial under which it is sorted. */
export function sortedUnder(character: string): string {
  let at = 0;
  for (const [index, first] of [...FIRST].entries()) {
    if (collator.compare(character, first) >= 0) at = index;
  }
  return INITIALS[at] ?? "";
}

/** One letter for each way to read it, the usual one first. */
function initialsOf(character: string): string {
  if (!/\p{Script=Han}/u.test(character)) return character.toLowerCase();
  const found = known.get(character);
  if (found !== undefined) return found;
  const initials = sortedUnder(character) + (others.get(character) ?? "");
  known.set(character, initials);
  return initials;
}

/** 银行 → ["yx", "yh"], so that a name is found without switching the keyboard to Chinese, however it is read. */
export function pinyinInitials(text: string): string[] {
  return [...text].reduce<string[]>(
    (ways, character) => {
      const initials = [...initialsOf(character)];
      return ways.flatMap((way) => initials.map((one) => way + one)).slice(0, MOST_READINGS);
    },
    [""],
  );
}

/** May these letters be the initials of the name? Two begin it, more may stand anywhere in it. */
export function hasInitials(name: string, letters: string): boolean {
  const signs = [...name];
  const begins = (start: number) =>
    [...letters].every((letter, at) => initialsOf(signs[start + at] ?? "").includes(letter));
  return letters.length < 3 ? begins(0) : signs.some((_, start) => begins(start));
}

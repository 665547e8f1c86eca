/** The first character of each initial's run when Chinese is sorted by pinyin; i, u and v begin nothing. */
const FIRST = "阿八嚓哒妸发旮哈讥咔垃痳拏噢妑七呥仨他穵夕丫帀";
const INITIALS = "abcdefghjklmnopqrstwxyz";

/** Asked for at each keystroke, for the same few hundred characters. */
const known = new Map<string, string>();
const collator = new Intl.Collator("zh-Hans-CN-u-co-pinyin");

function initialOf(character: string): string {
  if (!/\p{Script=Han}/u.test(character)) return character.toLowerCase();
  const found = known.get(character);
  if (found !== undefined) return found;
  let at = 0;
  for (const [index, first] of [...FIRST].entries()) {
    if (collator.compare(character, first) >= 0) at = index;
  }
  const initial = INITIALS[at] ?? "";
  known.set(character, initial);
  return initial;
}

/** 金秋助学 → "jqzx", so that a name is found without switching the keyboard to Chinese. */
export function pinyinInitials(text: string): string {
  return [...text].map(initialOf).join("");
}

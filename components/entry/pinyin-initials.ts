/** The first character of each initial's run when Chinese is sorted by pinyin; i, u and v begin nothing. */
const FIRST = "阿八嚓哒妸发旮哈讥咔垃痳拏噢妑七呥仨他穵夕丫帀";
const INITIALS = "abcdefghjklmnopqrstwxyz";

const collator = new Intl.Collator("zh-Hans-CN-u-co-pinyin");

function initialOf(character: string): string {
  if (!/\p{Script=Han}/u.test(character)) return character.toLowerCase();
  let at = 0;
  for (const [index, first] of [...FIRST].entries()) {
    if (collator.compare(character, first) >= 0) at = index;
  }
  return INITIALS[at] ?? "";
}

/** 金秋助学 → "jqzx", so that a name is found without switching the keyboard to Chinese. */
export function pinyinInitials(text: string): string {
  return [...text].map(initialOf).join("");
}

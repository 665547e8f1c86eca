import { tidyName } from "./person-name";
import { SOUNDS } from "./pinyin-sounds";

/**
 * One name, written in several ways: Tibetan, Uyghur and Kazakh names in Chinese characters, as the offices of one
 * province write them. The first of each row stands for the others. That two are written alike makes no two people one:
 * it is asked about, and only beside a day of birth, a telephone or an account.
 */
const WRITTEN = `
  才让 才仁 次仁 泽仁 次让 才郎
  多杰 多吉 道吉 多结 道杰
  卓玛 卓麻 珠玛 卓么
  扎西 札西 扎喜 札喜
  丹增 旦增 单增 旦曾 丹曾 旦正 丹正
  索南 索朗 索郎 锁南
  拉毛 拉姆 拉莫 拉么
  尕玛 噶玛 嘎玛 尕马 噶马
  万玛 班玛 完玛 白玛 贝玛 完么
  桑杰 桑吉 桑结 三杰
  加措 嘉措 加错 嘉错 江措
  仁青 仁钦 仁欠
  彭措 平措 朋措 彭错 平错 盆措
  扎巴 札巴 扎白
  南杰 朗杰 南加 南嘉 朗加 昂杰
  更登 根登 根敦 格登
  旺毛 旺姆 昂毛 昂姆 旺母
  措毛 措姆 错毛 错姆 措莫
  曲珍 确珍 曲真
  德吉 德杰 得吉
  央金 央京 杨金 羊金
  洛桑 罗桑 罗藏 洛藏 洛赛
  格桑 尕藏 噶桑 嘎藏 尕桑 格藏
  阿旺 昂旺 阿万 俄旺
  贡嘎 更嘎 公噶 更尕 贡噶 公嘎
  华旦 班丹 巴丹 华丹
  买买提 麦麦提 买麦提 穆罕默德 买合木提
  艾合买提 艾合麦提 阿合买提 艾哈买提
  吐尔逊 吐尔孙 图尔荪 吐尔松 图尔逊
  依布拉音 伊布拉音 易卜拉欣 依布拉英 伊卜拉欣
  马合木提 马木提 麻合木提
  赛买提 赛麦提 沙买提
  阿不都 阿布都 阿卜杜 阿布杜
  巴合提 巴哈提 巴合特
  别克 拜克 白克 毕克
  古丽 古力 姑丽 古里
`;

const first = new Map<string, string>();
for (const row of WRITTEN.trim().split("\n")) {
  const [one = "", ...others] = row.trim().split(" ");
  for (const other of others) first.set(other, one);
}
/** The longest first: 艾合买提 is no 买提. */
const OTHERWISE = new RegExp([...first.keys()].sort((a, b) => b.length - a.length).join("|"), "gu");

const sounds = new Map<string, string>();
for (const word of SOUNDS.trim().split(/\s+/)) {
  const [, sound = "", signs = ""] = /^([a-z]+)(.*)$/u.exec(word) ?? [];
  for (const sign of signs) sounds.set(sign, sound);
}

/** A name without what is written differently from office to office: its dots, blanks and capitals. */
export const bareName = (name: string): string =>
  tidyName(name)
    .replace(/[·\s'’\u0F0B\u0F0C\p{Pd}]/gu, "")
    .toLowerCase();

/** Where so many syllables agree but one, it is one name; of two or three, one makes another name of it. */
const LONG = 4;
const LONGEST = 24;

/**
 * What a name is compared by: two names are near where they share one of these. Characters of one sound are one, other
 * ways of writing are one, and a long name may differ by one syllable, or lack one.
 */
export function soundKeys(name: string): string[] {
  const written = bareName(name).replace(OTHERWISE, (part) => first.get(part) ?? part);
  const syllables = [...written].map((sign) => sounds.get(sign) ?? sign);
  const whole = syllables.join(" ");
  if (syllables.length < LONG || syllables.length > LONGEST) return [whole];
  const shorter = syllables.map((_, n) => syllables.filter((_sign, at) => at !== n).join(" "));
  return [...new Set([whole, ...shorter])];
}

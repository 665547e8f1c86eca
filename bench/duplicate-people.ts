import { pinyin } from "pinyin-pro";
import { checkDigitOf } from "@/lib/kernel/id-number";
import type { LineInput } from "@/lib/features/rosters/types";
import type { Random } from "@/prisma/seed/demo/random";

/** Invented people, named as a province's lists are: most Han, many Tibetan and Hui, some Uyghur, Kazakh and Salar. */

const SURNAMES = [..."王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"]; // prettier-ignore
const GIVEN = [..."伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂文辉玲华建国志红梅玉春燕海生林永福成龙飞鹏宇浩然子涵雨轩欣怡晓东峰波斌洁琳琴雪莉倩颖慧婷云翔俊凯博晨阳萍凤珍素荣庆祥富贵德发有财宝山川水清河月星光亮新忠义孝廉智信和顺安康宁"]; // prettier-ignore
const HUI = ["马", "韩", "冶", "喇", "绽", "苏", "拜", "沙"];
const HUI_GIVEN = ["福祥", "成录", "海龙", "玉兰", "秀花", "占山", "英", "忠", "哈三", "尤素福", "伊斯麻", "阿舍", "麦尔燕", "索菲亚", "发图麦", "则乃白"]; // prettier-ignore
const TIBETAN = ["才让", "卓玛", "扎西", "多杰", "措毛", "拉毛", "仁青", "索南", "才旦", "尕玛", "加措", "旦增", "桑杰", "南杰", "东珠", "彭措", "央金", "格桑", "德吉", "班玛", "更登", "贡保", "华旦", "曲珍", "旺姆", "洛桑", "丹巴", "昂毛", "尼玛", "达哇", "普华", "三木", "关却", "角巴", "夏吾", "周毛", "李毛", "完德"]; // prettier-ignore
const TURKIC = ["买买提", "阿依古丽", "努尔兰", "叶尔肯", "巴合提", "吐尔逊", "艾合买提", "古丽娜", "阿不都", "赛力克", "哈力克", "帕提玛", "木拉提", "阿曼", "别克", "热依木", "江阿古", "沙吾列"]; // prettier-ignore

/** What offices write otherwise; this list is shorter than the program's, and was there before it. */
const OTHERWISE: readonly (readonly string[])[] = [
  ...[["才让", "才仁", "次仁"], ["卓玛", "卓麻"], ["扎西", "札西"], ["多杰", "多吉"], ["旦增", "丹增", "单增"]], // prettier-ignore
  ...[["索南", "索朗"], ["拉毛", "拉姆"], ["尕玛", "噶玛"], ["班玛", "万玛", "完玛"], ["买买提", "麦麦提"]], // prettier-ignore
];

/** One of them, the first much more often than the last. */
const often = (random: Random, of: readonly string[], bend = 2) =>
  of[Math.floor(random.next() ** bend * of.length)] ?? "";

function inventedName(random: Random): string {
  const kind = random.next();
  if (kind < 0.7)
    return (
      often(random, SURNAMES) +
      often(random, GIVEN, 1.4) +
      (random.chance(0.75) ? often(random, GIVEN, 1.4) : "")
    );
  if (kind < 0.8) return often(random, HUI) + often(random, HUI_GIVEN);
  if (kind < 0.97)
    return often(random, TIBETAN, 1.6) + (random.chance(0.7) ? often(random, TIBETAN, 1.6) : "");
  return `${often(random, TURKIC)}·${often(random, TURKIC)}`;
}

const homophones = new Map<string, string[]>();
const sound = (sign: string) => pinyin(sign, { toneType: "none" });
for (const sign of new Set([
  ...SURNAMES,
  ...GIVEN,
  ..."玮玥莹瑛徽晖鸿宏洪纪继季菊俐力历章湛浩昊尚商义艺益佳嘉家名铭茗慧惠会静敬婧霏菲丽立",
]))
  // prettier-ignore
  homophones.set(sound(sign), [...(homophones.get(sound(sign)) ?? []), sign]);

/** Heard and typed: one sign for another of its sound. Null where the list has none. */
export function misheard(random: Random, name: string): string | null {
  const signs = [...name];
  const places = signs.flatMap((sign, at) => {
    const others = (homophones.get(sound(sign)) ?? []).filter((other) => other !== sign);
    return others.length > 0 ? [{ at, others }] : [];
  });
  const place = places[random.int(0, Math.max(0, places.length - 1))];
  if (!place) return null;
  signs[place.at] = often(random, place.others, 1);
  return signs.join("");
}

const DOTS = ["\u2022", "\u2027", "\u30FB", "\uFF65", ".", " ", ""];

/** The same name as another office writes it: with another dot, or in other characters. Null where there is no other. */
export function rewritten(random: Random, name: string): string | null {
  if (name.includes("·") && random.chance(0.6))
    return name.replace("·", DOTS[random.int(0, DOTS.length - 1)] ?? "");
  const parts = OTHERWISE.flatMap((row) => row.filter((one) => name.includes(one)).map((one) => ({ one, row }))); // prettier-ignore
  const part = parts[random.int(0, Math.max(0, parts.length - 1))];
  if (!part) return null;
  const others = part.row.filter((other) => other !== part.one);
  return name.replace(part.one, others[random.int(0, others.length - 1)] ?? "");
}

const two = (n: number) => String(n).padStart(2, "0");

/** Somebody's day and sex, over a region that there never was: the third of a number that may be anybody's. */
export type Born = { region: string; day: string; isMan: boolean };

function born(random: Random, region: string): Born {
  const year = 1955 + random.int(0, 49);
  // whose day nobody wrote down was born on the first of January
  const day = random.chance(0.02) ? "0101" : two(random.int(1, 12)) + two(random.int(1, 28));
  return { region, day: `${year}${day}`, isMan: random.chance(0.55) };
}

/** Numbers that were given; none is given twice, but on purpose. */
export class Registry {
  readonly #given = new Set<string>();

  number(random: Random, { region, day, isMan }: Born): string {
    for (;;) {
      const serial = random.int(0, 497) * 2 + (isMan ? 1 : 0);
      const seventeen = `${region}${day}${String(serial).padStart(3, "0")}`;
      if (this.#given.has(seventeen)) continue;
      this.#given.add(seventeen);
      return seventeen + checkDigitOf(seventeen);
    }
  }
}

let counter = 0;
/** Eleven digits that nobody else has. */
export const freshPhone = () => `139${String((counter += 1)).padStart(8, "0")}`;
export const freshAccount = () => `0103${String((counter += 1)).padStart(12, "0")}`;

export type Person = LineInput & { idNumber: string | null; born: Born };

/** Somebody of a list: with a number, an account and mostly a telephone; one in thirty-three without a number. */
export function person(
  random: Random,
  registry: Registry,
  region: string,
  name = inventedName(random),
): Person {
  // prettier-ignore
  const whose = born(random, region);
  return {
    name,
    idNumber: random.chance(0.97) ? registry.number(random, whose) : null,
    phone: random.chance(0.9) ? freshPhone() : null,
    account: random.chance(0.9) ? freshAccount() : null,
    amountFen: "60000",
    born: whose,
  };
}

/** Full width, blanks, hyphens, a small x: one number as another list has it. */
export function otherwise(random: Random, number: string): string {
  const ways = [
    number.replace(/[0-9]/g, (digit) => String.fromCharCode(0xff10 + Number(digit))),
    `${number.slice(0, 6)} ${number.slice(6, 14)} ${number.slice(14)}`.toLowerCase(),
    `${number.slice(0, 6)}-${number.slice(6, 14)}-${number.slice(14)}`,
    `\u200B${number.toLowerCase()}\u3000`,
  ];
  return ways[random.int(0, ways.length - 1)] ?? number;
}

import type { OrganisationKind } from "@/lib/kernel/actor";

/**
 * Codes: GB/T 2260 as of 2024, and 632857 (大柴旦行政委员会), which the statistics of Haixi carry beside
 * the 44 official county-level units. Romanisation: the forms the State Bureau of Surveying and Mapping
 * uses for Tibetan and Mongolian names (Zhidoi, Golmud, Maqên), pinyin elsewhere.
 */
export type OrganisationSeed = {
  code: string;
  nameZh: string;
  nameEn: string;
  kind: OrganisationKind;
  regionCode: string | null;
  parentCode: string | null;
};

const PROVINCE = "630000";

type Place = readonly [code: string, zh: string, en: string];

const PREFECTURES: readonly Place[] = [
  ["630100", "西宁市", "Xining City"],
  ["630200", "海东市", "Haidong City"],
  ["632200", "海北州", "Haibei Prefecture"],
  ["632300", "黄南州", "Huangnan Prefecture"],
  ["632500", "海南州", "Hainan Prefecture"],
  ["632600", "果洛州", "Golog Prefecture"],
  ["632700", "玉树州", "Yushu Prefecture"],
  ["632800", "海西州", "Haixi Prefecture"],
];

const COUNTIES: readonly Place[] = [
  ["630102", "城东区", "Chengdong District"],
  ["630103", "城中区", "Chengzhong District"],
  ["630104", "城西区", "Chengxi District"],
  ["630105", "城北区", "Chengbei District"],
  ["630106", "湟中区", "Huangzhong District"],
  ["630121", "大通回族土族自治县", "Datong Hui and Tu Autonomous County"],
  ["630123", "湟源县", "Huangyuan County"],
  ["630202", "乐都区", "Ledu District"],
  ["630203", "平安区", "Ping’an District"],
  ["630222", "民和回族土族自治县", "Minhe Hui and Tu Autonomous County"],
  ["630223", "互助土族自治县", "Huzhu Tu Autonomous County"],
  ["630224", "化隆回族自治县", "Hualong Hui Autonomous County"],
  ["630225", "循化撒拉族自治县", "Xunhua Salar Autonomous County"],
  ["632221", "门源回族自治县", "Menyuan Hui Autonomous County"],
  ["632222", "祁连县", "Qilian County"],
  ["632223", "海晏县", "Haiyan County"],
  ["632224", "刚察县", "Gangca County"],
  ["632301", "同仁市", "Tongren City"],
  ["632322", "尖扎县", "Jainca County"],
  ["632323", "泽库县", "Zêkog County"],
  ["632324", "河南蒙古族自治县", "Henan Mongol Autonomous County"],
  ["632521", "共和县", "Gonghe County"],
  ["632522", "同德县", "Tongde County"],
  ["632523", "贵德县", "Guide County"],
  ["632524", "兴海县", "Xinghai County"],
  ["632525", "贵南县", "Guinan County"],
  ["632621", "玛沁县", "Maqên County"],
  ["632622", "班玛县", "Baima County"],
  ["632623", "甘德县", "Gadê County"],
  ["632624", "达日县", "Darlag County"],
  ["632625", "久治县", "Jigzhi County"],
  ["632626", "玛多县", "Madoi County"],
  ["632701", "玉树市", "Yushu City"],
  ["632722", "杂多县", "Zadoi County"],
  ["632723", "称多县", "Chindu County"],
  ["632724", "治多县", "Zhidoi County"],
  ["632725", "囊谦县", "Nangqên County"],
  ["632726", "曲麻莱县", "Qumarlêb County"],
  ["632801", "格尔木市", "Golmud City"],
  ["632802", "德令哈市", "Delingha City"],
  ["632803", "茫崖市", "Mangnai City"],
  ["632821", "乌兰县", "Ulan County"],
  ["632822", "都兰县", "Dulan County"],
  ["632823", "天峻县", "Tianjun County"],
  ["632857", "大柴旦行委", "Da Qaidam Administrative Committee"],
];

const INDUSTRIAL_UNIONS: readonly Place[] = [
  [
    "630000-I01",
    "青海省教育科技文化卫生体育工会",
    "Qinghai Education, Science, Culture, Health and Sports Union",
  ],
  ["630000-I02", "青海省能源化学地质工会", "Qinghai Energy, Chemical and Geological Union"],
  ["630000-I03", "青海省交通建设工会", "Qinghai Transport and Construction Union"],
  ["630000-I04", "青海省财贸轻纺烟草工会", "Qinghai Finance, Light Industry and Tobacco Union"],
];

const federation = (
  kind: OrganisationKind,
  parentOf: (code: string) => string,
  places: readonly Place[],
): OrganisationSeed[] =>
  places.map(([code, zh, en]) => ({
    code,
    nameZh: `${zh}总工会`,
    nameEn: `${en} Federation of Trade Unions`,
    kind,
    regionCode: code,
    parentCode: parentOf(code),
  }));

/** Parents before children. */
export const ORGANISATIONS: readonly OrganisationSeed[] = [
  {
    code: PROVINCE,
    nameZh: "青海省总工会",
    nameEn: "Qinghai Provincial Federation of Trade Unions",
    kind: "PROVINCE",
    regionCode: PROVINCE,
    parentCode: null,
  },
  ...federation("PREFECTURE", () => PROVINCE, PREFECTURES),
  ...federation("COUNTY", (code) => `${code.slice(0, 4)}00`, COUNTIES),
  ...INDUSTRIAL_UNIONS.map(([code, nameZh, nameEn]): OrganisationSeed => ({
    code,
    nameZh,
    nameEn,
    kind: "INDUSTRIAL_UNION",
    regionCode: null,
    parentCode: PROVINCE,
  })),
];

/** Where one or two people make up the whole union office, the prefecture gives the first approval. */
export const REVIEWED_BY_PREFECTURE: readonly string[] = ["632626", "632803", "632823", "632857"];

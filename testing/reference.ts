import type { Organisation, Reference } from "@/lib/features/reference/types";
import type { AidForm } from "@/lib/kernel/record-codes";
import { AID_CATEGORIES, FUND_SOURCES, RECIPIENT_KINDS } from "@/prisma/seed/data/axes";
import { PROGRAMMES } from "@/prisma/seed/data/programmes";

const listed = ([code, nameZh, nameEn]: readonly [string, string, string, ...unknown[]], id: number) => ({ id, code, nameZh, nameEn, active: true }); // prettier-ignore

const place = (id: number, code: string, nameZh: string, nameEn: string, path: string): Organisation => ({ id, code, nameZh, nameEn, path, kind: id === 1 ? "PROVINCE" : "COUNTY", parentCode: id === 1 ? null : "630000", prefectureCode: "630000", leaf: id !== 1, active: true }); // prettier-ignore

/** The shipped lists with two counties and a campaign, for what is read without a database. */
export const REFERENCE: Reference = {
  organisations: [
    place(1, "630000", "青海省总工会", "Qinghai Provincial Federation of Trade Unions", "/1/"),
    place(2, "630123", "湟源县总工会", "Huangyuan County Federation of Trade Unions", "/1/2/"),
    place(3, "630121", "大通回族土族自治县总工会", "Datong Hui and Tu Autonomous County Federation of Trade Unions", "/1/3/"), // prettier-ignore
  ],
  programmes: PROGRAMMES.map(
    ({ code, nameZh, nameEn, season, months, mainUnit, forms, ...usual }, id) => {
      const allowedForms = forms.map((form) => form.toLowerCase() as AidForm);
      return {
        id,
        code,
        nameZh,
        nameEn,
        season: season.toLowerCase() as Reference["programmes"][number]["season"],
        contributory: false,
        seasonMonths: [...months],
        mainUnit,
        allowedForms,
        defaultForm: allowedForms[0] ?? "cash",
        defaultAidCategory: usual.aidCategory,
        defaultRecipientKind: usual.recipientKind,
        active: true,
      };
    },
  ),
  aidCategories: AID_CATEGORIES.map(listed),
  recipientKinds: RECIPIENT_KINDS.map(listed),
  fundSources: FUND_SOURCES.map((source, id) => ({ ...listed(source, id), earmarked: source[3] })),
  campaigns: [
    {
      id: 1,
      code: "autumn-2026",
      nameZh: "2026 年金秋助学",
      nameEn: "Autumn 2026",
      programme: "golden-autumn",
      organisation: "630000",
      startsOn: "2026-08-01",
      endsOn: "2026-09-30",
    },
  ],
  years: [
    { year: 2025, status: "closed" },
    { year: 2026, status: "open" },
  ],
};

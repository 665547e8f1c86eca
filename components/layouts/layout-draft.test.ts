import { describe, expect, it } from "vitest";
import { SHIPPED } from "@/lib/features/layouts/labels";
import { layoutSchema } from "@/lib/features/layouts/schema";
import { CONDITIONS, type Layout, type LayoutBlock } from "@/lib/features/layouts/types";
import { draftOf, faultsOf, layoutOf, moved, replaced, stands, withAxis } from "./layout-draft";

const text = (zh: string, en = "") => ({ zh, en });
const seasons: NonNullable<LayoutBlock["groups"]>[number] = {
  name: text("夏"),
  seasons: ["summer", "winter"],
  measures: ["packs", "amountFen"],
};

/** What no form that comes with the program says. */
const rare: Layout = {
  ...SHIPPED.annual,
  filter: {
    programme: ["gone", "health-check"],
    aidCategory: ["medical"],
    recipientKind: ["needy-workers", "gone-too"],
    campaign: ["none"],
    fundSource: ["donation"],
    form: ["goods", "cash"],
    amountKind: ["estimated"],
  },
  blocks: [
    { name: text("", ""), axis: "month", measures: ["persons", "amountFen"] },
    { name: text("甲", "A"), axis: "programme", measures: ["amountFen"], groups: [seasons] },
  ],
  emptyRows: "hide",
  numbered: false,
  header: [text("同", "One"), text("同", "Other")],
  notes: [text("注")],
};

describe("a form on its drawing board", () => {
  it("is sent as it was opened, whatever it says", () => {
    for (const layout of [...Object.values(SHIPPED), rare])
      expect(layoutOf(draftOf(layout))).toEqual(layout);
  });

  it("knows every condition that a form may have", () => {
    const { filter } = layoutSchema.shape;
    expect(Object.keys(filter.unwrap().shape).sort()).toEqual([...CONDITIONS].sort());
  });

  it("has what was gathered on an axis again when the axis is chosen again", () => {
    const [, part] = draftOf(rare).blocks;
    if (!part) throw new Error("no part");
    const away = withAxis(part, "month");
    expect(away.groups).toEqual([]);
    const sources = withAxis(away, "fundSource");
    expect(sources.groups).toEqual([]);
    expect(withAxis(sources, "programme").groups).toEqual(part.groups);
  });

  it("moves one past another, and none past the end", () => {
    expect(moved(["a", "b", "c"], 1, -1)).toEqual(["b", "a", "c"]);
    expect(moved(["a", "b", "c"], 2, 1)).toEqual(["a", "b", "c"]);
  });
});

/** Fields as an answer names them. */
function saidOf(layout: object): Record<string, string[]> {
  const { error } = layoutSchema.safeParse(layout);
  return Object.fromEntries(
    (error?.issues ?? []).map(({ path, message }) => [`layout.${path.join(".")}`, [message]]),
  );
}

describe("a fault that the server found", () => {
  const part = (over: Partial<LayoutBlock>): Layout => ({
    ...SHIPPED.annual,
    blocks: [
      { name: text("合计"), axis: null, measures: ["amountFen"] },
      { name: text("乙"), axis: "programme", measures: ["amountFen"], ...over },
    ],
  });
  const group = (over: object = {}) => ({ name: text("列"), codes: ["health-check"], ...over });
  const key = "blocks.part-1";

  it.each<[string, Layout, Record<string, string>]>([
    ["twice", part({ groups: [group(), group()] }), { [`${key}.groups.part-1-1`]: "layoutTwice" }],
    ["no value", part({ groups: [{ name: text("列") }] }), { [`${key}.groups.part-1-0.codes`]: "required" }], // prettier-ignore
    ["no name", part({ groups: [group({ name: text(" ") })] }), { [`${key}.groups.part-1-0.name.zh`]: "required" }], // prettier-ignore
    ["both kinds", part({ groups: [group({ seasons: ["summer"] })] }), { [`${key}.groups.part-1-0.seasons`]: "layoutSeasons" }], // prettier-ignore
    ["axis", part({ axis: "month", groups: [group()] }), { [`${key}.groups`]: "layoutGroups" }],
    ["sources", part({ axis: "fundSource", measures: ["persons"], groups: [group({ codes: ["donation"], measures: ["amountFen"] })] }), { [`${key}.measures`]: "layoutSources" }], // prettier-ignore
    ["column of sources", part({ axis: "fundSource", groups: [group({ codes: ["donation"], measures: ["persons"] })] }), { [`${key}.groups.part-1-0`]: "layoutSources" }], // prettier-ignore
    ["seasons and programmes", { ...part({}), filter: { seasons: ["summer"], programme: ["x"] } }, { "filter.seasons": "layoutSeasons" }], // prettier-ignore
    ["same axis", part({ axis: "organisation" }), { [`${key}.axis`]: "sameAxis" }],
    ["line", { ...part({}), footer: [text("")] }, { "footer.footer-0.zh": "required" }],
  ])("stands where it is: %s", (_, layout, faults) => {
    expect(faultsOf(saidOf(layout), draftOf(layout))).toEqual(faults);
  });

  it("goes along with what it is about, and with it away", () => {
    const layout = part({ groups: [group(), group()] });
    const draft = draftOf(layout);
    const [place = ""] = Object.keys(faultsOf(saidOf(layout), draft));
    const [first, second] = draft.blocks;
    if (!first || !second) throw new Error("no parts");
    expect(stands(place, { ...draft, blocks: [second, first] })).toBe(true);
    expect(stands(place, { ...draft, blocks: [first] })).toBe(false);
    const left = { ...second, groups: replaced(second.groups, "part-1-1", null) };
    expect(stands(place, { ...draft, blocks: [first, left] })).toBe(false);
  });

  it("of what is no part of the form is said of the whole", () => {
    const draft = draftOf(rare);
    expect(faultsOf({ layout: ["代码"], version: ["x"] }, draft)).toEqual({ "": "代码" });
  });
});

import { cellText } from "./cells";
import type { Container } from "./container";
import { shownAs, type Shown } from "./formats";
import { LIMITS } from "./limits";
import { damaged, Refusal } from "./refusal";
import { readXml, type Attributes } from "./xml";

export type ListedSheet = { name: string; hidden: boolean; part: string };
export type Workbook = {
  since1904: boolean;
  sheets: ListedSheet[];
  strings: string[];
  /** How a cell of each style shows a number. */
  styles: Shown[];
  /** It has shown what stands in other files. What it showed last is in its cells; those files are never opened. */
  linked: boolean;
};

type Related = { type: string; target: string };

const yes = (value: string | undefined): boolean => value === "1" || value === "true";
const LINKS = /^xl\/externallinks\//;
const folderOf = (part: string): string => part.slice(0, part.lastIndexOf("/") + 1);

/** Where a relation of `part` leads, inside the archive. */
function placed(part: string, target: string): string {
  if (target.startsWith("/")) return target.slice(1);
  const steps = `${folderOf(part)}${target}`.split("/");
  const path: string[] = [];
  for (const step of steps) {
    if (step === "..") path.pop();
    else if (step !== ".") path.push(step);
  }
  return path.join("/");
}

async function relationsOf(archive: Container, part: string): Promise<Map<string, Related>> {
  const file = part.slice(folderOf(part).length);
  const relations = new Map<string, Related>();
  const name = `${folderOf(part)}_rels/${file}.rels`;
  if (!archive.has(name)) return relations;
  await readXml(archive.part(name), {
    open: (tag, { Id = "", Type = "", Target = "", TargetMode }) => {
      if (tag !== "Relationship" || TargetMode === "External") return;
      const type = Type.slice(Type.lastIndexOf("/") + 1);
      relations.set(Id, { type, target: placed(part, Target) });
    },
  });
  return relations;
}

const OTHER_KINDS: readonly [pattern: RegExp, key: string][] = [
  [/(^|\/)vbaproject\.bin$|^xl\/macrosheets\//, "sheetMacros"],
  [/^xl\/workbook\.bin$/, "sheetBinary"],
  [/^content\.xml$/, "sheetOds"],
  [/^(word|ppt|visio)\/|^index\/|^androidmanifest\.xml$/, "sheetNotTable"],
];

async function workbookPart(archive: Container): Promise<string> {
  for (const [pattern, key] of OTHER_KINDS) if (archive.some(pattern)) throw new Refusal(key);
  const relations = await relationsOf(archive, "");
  const main = [...relations.values()].find(({ type }) => type === "officeDocument");
  const part = main?.target ?? "xl/workbook.xml";
  if (!archive.has(part)) throw new Refusal("sheetNotTable");
  return part;
}

async function sheetsOf(archive: Container, part: string, relations: Map<string, Related>) {
  let since1904 = false;
  const sheets: ListedSheet[] = [];
  const add = ({ name = "", state, ":id": id = "" }: Attributes) => {
    const related = relations.get(id);
    // one part under many names would be read without end
    if (!related || sheets.some(({ part: other }) => other === related.target)) throw damaged();
    if (related.type === "worksheet")
      sheets.push({
        name: cellText(name),
        hidden: state === "hidden" || state === "veryHidden",
        part: related.target,
      });
  };
  await readXml(archive.part(part), {
    open: (tag, attributes) => {
      if (tag === "workbookPr") since1904 = yes(attributes.date1904);
      if (tag === "sheet") add(attributes);
    },
  });
  if (sheets.length === 0) throw new Refusal("sheetNone");
  return { since1904, sheets };
}

/** Texts that cells point to; how they are spoken is left out. */
async function stringsOf(pieces: AsyncIterable<Buffer>): Promise<string[]> {
  const strings: string[] = [];
  let [text, inText, spoken, characters] = ["", false, false, 0];
  await readXml(pieces, {
    open: (tag) => {
      if (tag === "si") text = "";
      if (tag === "rPh") spoken = true;
      inText = tag === "t" && !spoken;
    },
    text: (more) => {
      if (inText) text += more;
      if (text.length > LIMITS.tagCharacters) throw damaged();
    },
    close: (tag) => {
      inText = false;
      if (tag === "rPh") spoken = false;
      if (tag !== "si") return;
      characters += text.length;
      strings.push(cellText(text));
      if (strings.length > LIMITS.sharedStrings || characters > LIMITS.characters)
        throw new Refusal("sheetTooMuch");
    },
  });
  return strings;
}

async function stylesOf(pieces: AsyncIterable<Buffer>): Promise<Shown[]> {
  const codes = new Map<number, string>();
  const styles: Shown[] = [];
  let inCells = false;
  await readXml(pieces, {
    open: (tag, { numFmtId, formatCode = "" }) => {
      if (tag === "cellXfs") inCells = true;
      if (tag === "numFmt") codes.set(Number(numFmtId), formatCode.slice(0, 500));
      if (tag === "xf" && inCells) styles.push(shownAs(Number(numFmtId ?? 0), codes));
      if (styles.length > LIMITS.styles || codes.size > LIMITS.styles)
        throw new Refusal("sheetTooMuch");
    },
    close: (tag) => {
      if (tag === "cellXfs") inCells = false;
    },
  });
  return styles;
}

export async function readWorkbook(archive: Container): Promise<Workbook> {
  const part = await workbookPart(archive);
  const relations = await relationsOf(archive, part);
  const of = (type: string) => [...relations.values()].find((one) => one.type === type)?.target;
  const listed = await sheetsOf(archive, part, relations);
  const [strings, styles] = [of("sharedStrings"), of("styles")];
  return {
    ...listed,
    linked: archive.some(LINKS),
    strings: strings === undefined ? [] : await stringsOf(archive.part(strings)),
    styles: styles === undefined ? [] : await stylesOf(archive.part(styles)),
  };
}

import { inflateSync } from "node:zlib";

/** One sheet of paper as a printer would get it: what is written on it, and how large. */
export type PaperPage = {
  /** In points. */
  width: number;
  height: number;
  /** Everything written on the page, in the order of writing, without spaces. */
  text: string;
  /** The size of every letter, in points, smallest first, each once. */
  sizes: number[];
};

type Dictionary = { body: string; stream: Buffer | undefined };

/** Objects by number; those that are packed into a stream of objects too. */
function objectsOf(file: Buffer): Map<string, Dictionary> {
  const text = file.toString("latin1");
  const found = new Map<string, Dictionary>();
  for (const match of text.matchAll(/(\d+) 0 obj\b([\s\S]*?)(?:\bendobj|stream\r?\n)/g)) {
    const [all, id = "", body = ""] = match;
    if (all.endsWith("endobj")) {
      found.set(id, { body, stream: undefined });
      continue;
    }
    const start = match.index + all.length;
    const raw = file.subarray(start, text.indexOf("endstream", start));
    found.set(id, { body, stream: body.includes("/FlateDecode") ? inflateSync(raw) : raw });
  }
  for (const { body, stream } of [...found.values()]) {
    if (!stream || !/\/Type\s*\/ObjStm/.test(body)) continue;
    const first = Number(/\/First (\d+)/.exec(body)?.[1]);
    const packed = stream.toString("latin1");
    const places = packed.slice(0, first).trim().split(/\s+/).map(Number);
    for (let at = 0; at < places.length; at += 2) {
      const from = first + (places[at + 1] ?? 0);
      const to = first + (places[at + 3] ?? packed.length);
      found.set(String(places[at]), { body: packed.slice(from, to), stream: undefined });
    }
  }
  return found;
}

/** What the codes of a font say. */
function lettersOf(cmap: string): Map<number, string> {
  const letters = new Map<number, string>();
  const said = (hex: string) => Buffer.from(hex, "hex").swap16().toString("utf16le");
  for (const [, block = ""] of cmap.matchAll(/beginbfchar([\s\S]*?)endbfchar/g))
    for (const [, code = "", to = ""] of block.matchAll(/<(\w+)>\s*<(\w+)>/g))
      letters.set(Number.parseInt(code, 16), said(to));
  for (const [, block = ""] of cmap.matchAll(/beginbfrange([\s\S]*?)endbfrange/g))
    for (const [, from = "", to = "", start = "", list] of block.matchAll(
      /<(\w+)>\s*<(\w+)>\s*(?:<(\w+)>|\[([^\]]*)\])/g,
    )) {
      const [low, high] = [Number.parseInt(from, 16), Number.parseInt(to, 16)];
      const each = list?.match(/\w+/g);
      for (let code = low; code <= high; code++)
        letters.set(
          code,
          each
            ? said(each[code - low] ?? "")
            : String.fromCharCode(Number.parseInt(start, 16) + code - low),
        );
    }
  return letters;
}

type Font = { wide: boolean; letters: Map<number, string> };
type Matrix = [number, number, number, number];

const times = ([a, b, c, d]: Matrix, [e, f, g, h]: Matrix): Matrix => [
  a * e + b * g,
  a * f + b * h,
  c * e + d * g,
  c * f + d * h,
];

const TOKEN =
  /<([0-9A-Fa-f\s]*)>|\(((?:\\[\s\S]|[^\\()])*)\)|\/([^\s/<>[\]()]+)|(-?\d*\.?\d+)|([A-Za-z'"*]+)/g;

/** Follows the writing of a page: which letters, and how large each stands on the paper. */
function read(content: string, fonts: Map<string, Font>): Pick<PaperPage, "text" | "sizes"> {
  let [page, line]: Matrix[] = [
    [1, 0, 0, 1],
    [1, 0, 0, 1],
  ];
  const kept: Matrix[] = [];
  const sizes = new Set<number>();
  let [size, font, text] = [0, undefined as Font | undefined, ""];
  let numbers: number[] = [];
  let strings: Buffer[] = [];
  let name = "";
  const matrix = () => numbers.slice(-6, -2) as Matrix;
  const letters = (bytes: Buffer) => {
    const step = font?.wide ? 2 : 1;
    return Array.from({ length: Math.floor(bytes.length / step) }, (_, at) => {
      const code = step === 2 ? bytes.readUInt16BE(2 * at) : (bytes[at] ?? 0);
      return font?.letters.get(code) ?? (step === 1 ? String.fromCharCode(code) : "");
    }).join("");
  };
  // what a machine without the face cannot draw stands as ActualText around it
  const spans: (string | undefined)[] = [];
  const show = () => {
    const said = strings.map(letters).join("");
    const [, , c, d] = times(line as Matrix, page as Matrix);
    if (said.trim() !== "") sizes.add(Math.round(size * Math.hypot(c, d) * 100) / 100);
    if (spans.every((span) => span === undefined)) text += said;
  };
  const open = () => {
    const actual = strings.at(-1);
    const marked = actual?.readUInt16BE(0) === 0xfeff;
    spans.push(marked ? actual.subarray(2).swap16().toString("utf16le") : undefined);
    text += spans.at(-1) ?? "";
  };
  const operate: Record<string, () => void> = {
    q: () => kept.push(page as Matrix),
    Q: () => (page = kept.pop() ?? page),
    cm: () => (page = times(matrix(), page as Matrix)),
    BT: () => (line = [1, 0, 0, 1]),
    Tm: () => (line = matrix()),
    Tf: () => ([size, font] = [numbers.at(-1) ?? 0, fonts.get(name)]),
    Tj: show,
    TJ: show,
    BDC: open,
    BMC: () => spans.push(undefined),
    EMC: () => spans.pop(),
  };
  for (const [, hex, literal, named, number, operator] of content.matchAll(TOKEN)) {
    if (hex !== undefined) strings.push(Buffer.from(hex.replace(/\s/g, ""), "hex"));
    else if (literal !== undefined)
      strings.push(Buffer.from(literal.replace(/\\([()\\])/g, "$1"), "latin1"));
    else if (named !== undefined) name = named;
    else if (number !== undefined) numbers.push(Number(number));
    else if (operator !== undefined) {
      operate[operator]?.();
      [numbers, strings] = [[], []];
    }
  }
  return { text: text.replace(/\s/g, ""), sizes: [...sizes].sort((a, b) => a - b) };
}

/** The pages of a PDF as LibreOffice and Chromium write it. */
export function readPdf(file: Uint8Array): PaperPage[] {
  const objects = objectsOf(Buffer.from(file));
  const body = (id: string | undefined) => objects.get(id ?? "")?.body ?? "";
  const stream = (id: string) => objects.get(id)?.stream?.toString("latin1") ?? "";
  const fontOf = (id: string): Font => {
    const cmap = /\/ToUnicode (\d+) 0 R/.exec(body(id))?.[1];
    return { wide: body(id).includes("/Identity-H"), letters: lettersOf(stream(cmap ?? "")) };
  };
  const pages = [...objects.values()].filter((one) => /\/Type\s*\/Page\b(?!s)/.test(one.body));
  return pages.map(({ body: page }) => {
    const resources = /\/Resources (\d+) 0 R/.exec(page)?.[1];
    const said = resources ? body(resources) : page;
    const listed = /\/Font (\d+) 0 R/.exec(said)?.[1];
    const fonts = listed ? body(listed) : (/\/Font\s*<<([\s\S]*?)>>/.exec(said)?.[1] ?? "");
    const named = [...fonts.matchAll(/\/(\S+) (\d+) 0 R/g)];
    const contents = /\/Contents \[?([\d R]+)/.exec(page)?.[1] ?? "";
    const written = [...contents.matchAll(/(\d+) 0 R/g)].map(([, id = ""]) => stream(id));
    const box = /\/MediaBox\s*\[([^\]]*)\]/.exec(page)?.[1]?.trim().split(/\s+/).map(Number) ?? [];
    return {
      width: box[2] ?? 0,
      height: box[3] ?? 0,
      ...read(
        written.join("\n"),
        new Map(named.map(([, name = "", id = ""]) => [name, fontOf(id)])),
      ),
    };
  });
}

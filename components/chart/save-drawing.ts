import { saveFile } from "@/lib/browser/save-file";
/** The drawing of a card as a file that says by itself what it shows. */
export type Drawing = {
  /** The card's; the drawing of it stands in the page. */
  card: string;
  name: string;
  title: string;
  /** Unit and conditions. */
  about: string;
  stamp: string;
};

const SVG = "http://www.w3.org/2000/svg";
const EDGE = 16;
const HEAD = 62;
const FOOT = 28;
/** Of a picture, so that it is sharp in print. */
const DENSITY = 2;
const KEPT = [
  "fill",
  "fill-rule",
  "stroke",
  "stroke-width",
  "stroke-dasharray",
  "opacity",
  "font-size",
  "font-weight",
  "font-family",
  "text-anchor",
  "dominant-baseline",
  "paint-order",
] as const;

type Attributes = Record<string, string | number>;

function element(name: string, attributes: Attributes, text?: string): SVGElement {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  if (text !== undefined) made.textContent = text;
  return made;
}

/** What the page's styles make of a chart, written into it: a file has no style sheet of ours. */
function styled(chart: SVGElement): SVGElement {
  const copy = chart.cloneNode(true) as SVGElement;
  const from = chart.querySelectorAll<SVGElement>("*");
  copy.querySelectorAll<SVGElement>("*").forEach((one, at) => {
    const style = getComputedStyle(from[at] as SVGElement);
    for (const name of KEPT) one.setAttribute(name, style.getPropertyValue(name));
    one.removeAttribute("class");
    one.removeAttribute("style");
    one.removeAttribute("href");
    one.removeAttribute("tabindex");
  });
  copy.removeAttribute("class");
  copy.removeAttribute("style");
  return copy;
}

/** The lines of a text as they are broken on the page. */
function linesOf(node: Text): { text: string; box: DOMRect }[] {
  const range = document.createRange();
  const lines: { text: string; box: DOMRect }[] = [];
  [...node.data].reduce((at, letter) => {
    range.setStart(node, at);
    range.setEnd(node, at + letter.length);
    const box = range.getBoundingClientRect();
    const line = lines.at(-1);
    if (box.width > 0 && (!line || Math.abs(line.box.top - box.top) > 2))
      lines.push({ text: letter, box });
    else if (line) line.text += letter;
    return at + letter.length;
  }, 0);
  return lines;
}

type Origin = { left: number; top: number };

function textsOf(node: Text, origin: Origin): SVGElement[] {
  const style = getComputedStyle(node.parentElement as Element);
  return linesOf(node).map(({ text, box }) =>
    element(
      "text",
      {
        x: box.left - origin.left,
        y: box.top - origin.top + box.height / 2,
        "dominant-baseline": "central",
        fill: style.color,
        "font-size": style.fontSize,
        "font-weight": style.fontWeight,
        "font-family": style.fontFamily,
      },
      text,
    ),
  );
}

/** Everything that is seen in a part of the page, bars of lists as well as charts. */
function drawn(part: Element, origin: Origin): SVGElement[] {
  const box = part.getBoundingClientRect();
  const at = { x: box.left - origin.left, y: box.top - origin.top };
  if (part instanceof SVGElement) {
    const copy = styled(part);
    for (const [key, value] of Object.entries({ ...at, width: box.width, height: box.height }))
      copy.setAttribute(key, String(value));
    return [copy];
  }
  const style = getComputedStyle(part);
  if (style.display === "none") return [];
  const painted = style.backgroundColor !== "rgba(0, 0, 0, 0)" && box.width > 0;
  const own = painted
    ? [
        element("rect", {
          ...at,
          width: box.width,
          height: box.height,
          fill: style.backgroundColor,
        }),
      ]
    : [];
  return [
    ...own,
    ...[...part.childNodes].flatMap((child) => {
      if (child instanceof Text) return textsOf(child, origin);
      return child instanceof Element ? drawn(child, origin) : [];
    }),
  ];
}

function pictureOf({ card, title, about, stamp }: Drawing): SVGElement {
  const figure = document.getElementById(card);
  const part = figure?.querySelector<HTMLElement>("[data-face=drawing]");
  if (!figure || !part) throw new Error(`no drawing of ${card}`);
  const { fontFamily, color, backgroundColor } = getComputedStyle(figure);
  const box = part.getBoundingClientRect();
  // turned to its table, a card keeps the drawing laid out under no height of its own; a part of a pixel is cut off
  const tall = part.scrollHeight + 1;
  const width = Math.ceil(box.width + 2 * EDGE);
  const height = Math.ceil(tall + HEAD + FOOT);
  const words = { x: EDGE, fill: color, "font-family": fontFamily };
  const picture = element("svg", { width, height, viewBox: `0 0 ${width} ${height}` });
  picture.append(
    element("title", {}, title),
    element("rect", { width, height, fill: backgroundColor }),
    element("text", { ...words, y: 26, "font-size": 16, "font-weight": 600 }, title),
    element("text", { ...words, y: 46, "font-size": 12 }, about),
    ...drawn(part, { left: box.left - EDGE, top: box.top - HEAD }),
    element("text", { ...words, y: height - 10, "font-size": 12 }, stamp),
  );
  return picture;
}

async function painted(text: string, picture: SVGElement): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = Number(picture.getAttribute("width")) * DENSITY;
  canvas.height = Number(picture.getAttribute("height")) * DENSITY;
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no picture"))), "image/png"),
  );
}

export async function saveDrawing(drawing: Drawing, format: "svg" | "png"): Promise<void> {
  const picture = pictureOf(drawing);
  const text = new XMLSerializer().serializeToString(picture);
  const blob =
    format === "svg" ? new Blob([text], { type: "image/svg+xml" }) : await painted(text, picture);
  saveFile(`${drawing.name}.${format}`, blob);
}

/** Pages as the server sends them, read without a browser: which figures are links, and what a page opens with. */

export type FigureLink = { text: string; href: string };

const WORDS = ["未计价", "unvalued", "不涉及资金", "no money"];
const NUMBER = /[-−]?\d[\d,]*(?:\.\d+)?/;
/** A number, alone or before its unit; a name with digits in it is no figure. */
const FIGURE = new RegExp(`^(${NUMBER.source})\\s*\\D{0,14}$`);

const decoded = (text: string) =>
  text
    .replaceAll("&amp;", "&")
    .replaceAll("&#x27;", "'")
    .replaceAll("&quot;", '"')
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">");

const plain = (html: string) =>
  decoded(
    html
      .replace(/<!--.*?-->/g, "")
      .replace(/<svg.*?<\/svg>/gs, "")
      .replace(/<[^>]*>/g, " "),
  )
    .replace(/\s+/g, " ")
    .trim();

/** The number or word a figure shows; undefined = no figure. */
export function shownFigure(text: string): string | undefined {
  return WORDS.find((word) => text === word) ?? FIGURE.exec(text)?.[1]?.replace("−", "-");
}

/** A month is a number too, and as the head of its row it narrows the page. */
const withoutRowHeads = (html: string) =>
  html.replace(/<th\s[^>]*?scope="row"[^>]*>.*?<\/th>/gs, "");

/** Every link of a page whose words are a figure, and nothing that only moves about in lists. */
export function figureLinks(html: string): FigureLink[] {
  const links = [...withoutRowHeads(html).matchAll(/<a\s[^>]*?href="([^"]*)"[^>]*>(.*?)<\/a>/gs)];
  return links.flatMap(([, href = "", inside = ""]) => {
    const text = shownFigure(plain(inside));
    return text === undefined || !href.startsWith("/") ? [] : [{ text, href: decoded(href) }];
  });
}

export type Opened = {
  /** The amount a page opens with, as it is written there; beside money received stand what was spent and is left. */
  amounts: string[];
  /** Every whole number that its figures and its ledger's head say. */
  counts: Set<string>;
};

/** What a page of figures opens with: the first of its figures is money, the others count. */
export function openedWith(path: string, html: string): Opened {
  const shown = html.replace(/<script.*?<\/script>/gs, "");
  const list = /<dl[\s>].*?<\/dl>/s.exec(shown)?.[0] ?? "";
  const said = [...list.matchAll(/<dd>(.*?)<\/dd>/gs)].map(([, inside = ""]) => plain(inside));
  const head = plain(/<main[\s>].*?<table/s.exec(shown)?.[0] ?? "");
  const whole = [...said, head].join(" ").match(new RegExp(NUMBER.source, "g")) ?? [];
  const amounts = said.map(
    (one) =>
      WORDS.find((word) => one.startsWith(word)) ?? NUMBER.exec(one)?.[0].replace("−", "-") ?? one,
  );

  return {
    amounts: path.startsWith("/allotments") ? amounts : amounts.slice(0, 1),
    counts: new Set(whole),
  };
}
